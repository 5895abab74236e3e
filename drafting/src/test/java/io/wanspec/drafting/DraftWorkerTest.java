package io.wanspec.drafting;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.DraftPlan;
import io.wanspec.contracts.Ints;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.RefusalCode;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the worker does in each situation, pass by pass. */
class DraftWorkerTest {
    private static final int END = 0;
    private static final int CONTEXT = 100;
    private static final int FILL = 4;
    private static final Tokens PROMPT = Tokens.of(1, 2, 3);
    private static final ModelIdentity TARGET =
            new ModelIdentity("target", "a".repeat(64), "b".repeat(64), 100, CONTEXT);

    @Test
    void withoutCreditItRests() {
        assertThat(worker(PROMPT, DraftPlan.chain(3)).next()).isEqualTo(new DraftStep.Rest());
    }

    @Test
    void aPromptIsFilledInChunksAndItsLastTokenGivesTheFirstGuess() {
        Tokens prompt = Tokens.of(1, 2, 3, 4, 5, 6);
        DraftWorker worker = worker(prompt, DraftPlan.chain(8));
        assertThat(fill(worker)).isEqualTo(new DraftStep.Fill(0, Tokens.of(1, 2, 3, 4)));
        assertThat(fill(worker)).isEqualTo(new DraftStep.Fill(4, Tokens.of(5)));
        DraftStep.Grow first = grow(worker);
        assertThat(first.settled()).isEmpty();
        assertNodes(first, 6);
        assertThat(first.nodes().positions()).containsExactly(5);
        assertThat(first.nodes().parents()).containsExactly(digest(prompt.slice(0, 5)));
        assertThat(first.nodes().branches()).containsExactly(digest(prompt));
    }

    @Test
    void itStopsAtItsCredit() {
        DraftWorker worker = drafted(DraftPlan.chain(5), 10, 11);
        assertThat(worker.next()).isEqualTo(new DraftStep.Rest());
    }

    @Test
    void guessesThatWereRightAreSettledInTheCache() {
        DraftWorker worker = drafted(DraftPlan.chain(8), 10, 11, 12);
        advance(worker, PROMPT, Tokens.of(10, 11), DraftPlan.chain(9));
        DraftStep.Grow next = grow(worker);
        Tokens two = PROMPT.plus(Tokens.of(10, 11));
        assertThat(next.settled()).containsExactly(digest(two.slice(0, 4)), digest(two));
        assertNodes(next, 12);
    }

    @Test
    void itGoesOnBehindACorrection() {
        DraftWorker worker = drafted(DraftPlan.chain(8), 10, 11, 12);
        advance(worker, PROMPT, Tokens.of(10, 20), DraftPlan.chain(9));
        DraftStep.Grow next = grow(worker);
        assertThat(next.settled()).endsWith(digest(PROMPT.plus(10)));
        assertNodes(next, 20);
        assertThat(next.nodes().parents()).containsExactly(digest(PROMPT.plus(10)));
    }

    @Test
    void whatItMissedIsForwardedFirst() {
        DraftWorker worker = drafted(DraftPlan.chain(8), 10);
        advance(worker, PROMPT, Tokens.of(20, 21, 22), DraftPlan.chain(9));
        assertNodes(grow(worker), 20, 21, 22);
    }

    /** The cache knows nothing of guesses that a filling pass forgets, so they must be filled in too. */
    @Test
    void whoeverFellFarBehindIsFilledAnewFromWhatIsSettled() {
        DraftWorker worker = drafted(DraftPlan.chain(8), 10, 11);
        advance(worker, PROMPT, Tokens.of(10, 21, 22, 23, 24, 25, 26), DraftPlan.chain(12));
        assertThat(fill(worker)).isEqualTo(new DraftStep.Fill(3, Tokens.of(10, 21, 22, 23)));
        assertThat(worker.cachedTokens()).isEqualTo(Tokens.of(1, 2, 3, 10, 21, 22, 23));
        DraftStep.Grow next = grow(worker);
        assertThat(next.settled()).isEmpty();
        assertNodes(next, 24, 25, 26);
    }

    @Test
    void aTreeGrowsWhereItIsLikeliest() {
        DraftWorker worker = worker(PROMPT, new DraftPlan(9, 2, 2, 100_000, 0, 0, 0, 1));
        fill(worker);
        answer(worker, grow(worker), outlook(10, 100, 11, 2_500));
        DraftStep.Grow second = grow(worker);
        assertNodes(second, 10, 11);
        answer(worker, second, outlook(12, 100, 13, 3_000), outlook(14, 100, 15, 3_000));
        assertNodes(grow(worker), 12, 14);
    }

    @Test
    void branchesBelowTheFloorAreNotFollowed() {
        DraftWorker worker = worker(PROMPT, new DraftPlan(9, 8, 2, 2_000, 0, 0, 0, 1));
        fill(worker);
        answer(worker, grow(worker), outlook(10, 100, 11, 2_500));
        assertNodes(grow(worker), 10);
    }

    @Test
    void alternativesAreDividedAmongShares() {
        DraftWorker worker = worker(PROMPT, new DraftPlan(9, 8, 2, 100_000, 0, 0, 0, 2));
        DraftWorker other = worker(PROMPT, new DraftPlan(9, 8, 2, 100_000, 0, 0, 1, 2));
        fill(worker);
        fill(other);
        answer(worker, grow(worker), outlook(10, 100, 11, 2_500));
        answer(other, grow(other), outlook(10, 100, 11, 2_500));
        assertThat(grow(worker).nodes().size() + grow(other).nodes().size()).isEqualTo(3);
    }

    @Test
    void anExpansionIsOnePass() {
        DraftWorker worker = worker(PROMPT, DraftPlan.chain(0));
        worker.expand(expand(PROMPT, Tokens.of(10, 11), 1));
        fill(worker);
        DraftStep.Grow step = grow(worker);
        assertNodes(step, 3, 10, 11);
        DraftFrame.Drafted frame =
                Objects.requireNonNull(worker.grown(step, outlooks(outlook(10, 5), outlook(11, 5), outlook(12, 5)), 1));
        assertThat(frame.positions()).isEqualTo(Ints.of(3, 4, 5));
        assertThat(worker.next()).isEqualTo(new DraftStep.Rest());
    }

    @Test
    void anExpansionBehindAnotherPrefixIsIgnored() {
        DraftWorker worker = worker(PROMPT, DraftPlan.chain(0));
        worker.expand(expand(Tokens.of(1, 2, 4), Tokens.of(10), 0));
        assertThat(worker.next()).isEqualTo(new DraftStep.Rest());
    }

    @Test
    void anExpansionBeyondTheContextIsIgnored() {
        Tokens prompt = Tokens.of(new int[CONTEXT - 2]);
        DraftWorker worker = worker(prompt, DraftPlan.chain(0));
        worker.cacheHolds(prompt.size());
        worker.expand(expand(prompt, Tokens.of(10, 11, 12), 2));
        assertThat(worker.next()).isEqualTo(new DraftStep.Rest());
        advance(worker, prompt, Tokens.of(5, 6, 7), DraftPlan.chain(0));
        Tokens longer = prompt.plus(Tokens.of(5, 6, 7));
        worker.expand(expand(longer, Tokens.of(10), -1));
        assertThat(worker.next()).isEqualTo(new DraftStep.Rest());
    }

    /** A model's cache is bounded, and a target may be silent for long. */
    @Test
    void itRestsWhenTheCacheIsFullUntilTheTargetDecides() {
        DraftPlan wide = new DraftPlan(90, 64, 8, 1_000_000, 0, 0, 0, 1);
        DraftWorker worker = worker(PROMPT, wide);
        fill(worker);
        int cached = 0;
        DraftStep step = worker.next();
        while (step instanceof DraftStep.Grow grow) {
            cached += grow.nodes().size();
            answer(worker, grow, eight(grow.nodes().size()));
            step = worker.next();
        }
        assertThat(step).isEqualTo(new DraftStep.Rest());
        assertThat(cached).isBetween(768, 768 + 64);
        advance(worker, PROMPT, Tokens.of(99), wide);
        assertNodes(grow(worker), 99);
        advance(worker, PROMPT.plus(99), Tokens.of(98), wide);
        assertNodes(grow(worker), 98);
    }

    @Test
    void aStaleFrameChangesNothing() {
        DraftWorker worker = drafted(DraftPlan.chain(8), 10, 11, 12);
        advance(worker, PROMPT, Tokens.of(10, 11), DraftPlan.chain(9));
        assertThat(worker.advance(frame(PROMPT, Tokens.of(10), DraftPlan.chain(5))))
                .isNull();
        assertNodes(grow(worker), 12);
    }

    @Test
    void anUnknownPrefixIsRefused() {
        DraftWorker worker = drafted(DraftPlan.chain(8), 10);
        DraftFrame.Refused refused = worker.advance(frame(Tokens.of(1, 2, 3, 9), Tokens.none(), DraftPlan.chain(9)));
        assertThat(refused).isNotNull().extracting(DraftFrame.Refused::code).isEqualTo(RefusalCode.PREFIX_UNKNOWN);
    }

    @Test
    void anEndRestsUntilItIsContradicted() {
        DraftWorker worker = drafted(DraftPlan.chain(8), 10, END);
        assertThat(worker.next()).isEqualTo(new DraftStep.Rest());
        advance(worker, PROMPT, Tokens.of(10, 11), DraftPlan.chain(9));
        assertNodes(grow(worker), 11);
    }

    @Test
    void aPassThatWasOvertakenIsWastedButCounted() {
        DraftWorker worker = drafted(DraftPlan.chain(8), 10);
        DraftStep.Grow running = grow(worker);
        Tokens far = Tokens.of(20, 21, 22);
        advance(worker, PROMPT, far, DraftPlan.chain(9));
        worker.grown(running, outlooks(outlook(11, 5)), 1_000_000);
        DraftStep.Grow next = grow(worker);
        assertNodes(next, 20, 21, 22);
        Outlooks last = new Outlooks();
        last.begin(0);
        last.begin(0);
        last.add(outlook(23, 5));
        DraftFrame.Drafted frame = Objects.requireNonNull(worker.grown(next, last, 2_000_000));
        assertThat(frame.positions()).isEqualTo(Ints.of(6));
        assertThat(frame.passes()).isBetween(1, 2);
    }

    private static DraftWorker worker(Tokens prefix, DraftPlan plan) {
        DraftFrame.Open open = new DraftFrame.Open(
                ProtocolVersion.CURRENT, new SessionId("s"), TARGET, SamplingOptions.greedy(), prefix, plan);
        return new DraftWorker(open, CONTEXT, FILL, token -> token == END);
    }

    /** Behind the prompt a chain of these guesses, each forwarded but the last. */
    private static DraftWorker drafted(DraftPlan plan, int... guesses) {
        DraftWorker worker = worker(PROMPT, plan);
        fill(worker);
        for (int guess : guesses) {
            answer(worker, grow(worker), outlook(guess, 5));
        }
        return worker;
    }

    private static DraftStep.Fill fill(DraftWorker worker) {
        DraftStep.Fill step = (DraftStep.Fill) worker.next();
        worker.filled(step, 1);
        return step;
    }

    private static DraftStep.Grow grow(DraftWorker worker) {
        return (DraftStep.Grow) worker.next();
    }

    private static void answer(DraftWorker worker, DraftStep.Grow step, Outlook... each) {
        assertThat(worker.grown(step, outlooks(each), 1)).isNotNull();
    }

    private static Outlooks outlooks(Outlook... each) {
        Outlooks outlooks = new Outlooks();
        for (Outlook outlook : each) {
            outlooks.add(outlook);
        }
        return outlooks;
    }

    /** @param pairs token and surprisal in turn */
    private static Outlook outlook(int... pairs) {
        int[] tokens = new int[pairs.length / 2];
        int[] surprisals = new int[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = pairs[2 * i];
            surprisals[i] = pairs[2 * i + 1];
        }
        return new Outlook(500, Tokens.of(tokens), Ints.of(surprisals));
    }

    private static Outlook[] eight(int nodes) {
        Outlook[] all = new Outlook[nodes];
        for (int i = 0; i < nodes; i++) {
            all[i] = outlook(10, 100, 11, 100, 12, 100, 13, 100, 14, 100, 15, 100, 16, 100, 17, 100);
        }
        return all;
    }

    private static void assertNodes(DraftStep.Grow step, int... tokens) {
        assertThat(step.nodes().tokens()).containsExactly(tokens);
    }

    private static long digest(Tokens prefix) {
        return Branch.of(prefix).digest();
    }

    private static void advance(DraftWorker worker, Tokens prefix, Tokens committed, DraftPlan plan) {
        assertThat(worker.advance(frame(prefix, committed, plan))).isNull();
    }

    private static DraftFrame.Advance frame(Tokens prefix, Tokens committed, DraftPlan plan) {
        return new DraftFrame.Advance(prefix.size(), Branch.of(prefix), committed, plan);
    }

    private static DraftFrame.Expand expand(Tokens prefix, Tokens guesses, int wanted) {
        return new DraftFrame.Expand(prefix.size(), Branch.of(prefix), TokenTree.chain(guesses), Ints.of(wanted));
    }
}
