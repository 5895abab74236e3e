package io.wanspec.drafting;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.DraftPlan;
import io.wanspec.contracts.Ints;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.RefusalCode;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the worker does in each situation, step by step. */
class DraftWorkerTest {
    private static final DraftText TEXT = new DraftText(20);
    private static final Tokens PROMPT = promptWithoutEnds();

    /** A prompt behind which the draft's first choices do not end the sequence for a while. */
    private static Tokens promptWithoutEnds() {
        for (int i = 1; ; i++) {
            Tokens prompt = Tokens.of(i, 2, 3);
            Tokens more = firstChoices(prompt, 8);
            if (Arrays.stream(more.toArray()).noneMatch(token -> token == DraftText.END)) {
                return prompt;
            }
        }
    }

    private static Tokens firstChoices(Tokens prefix, int count) {
        Tokens all = prefix;
        for (int i = 0; i < count; i++) {
            all = all.plus(TEXT.firstChoice(all));
        }
        return all.from(prefix.size());
    }

    /** What needs no model costs no pass: each pass is for a token that there is a choice of. */
    @Test
    void whatIsForcedIsGivenWithoutAPass() {
        Host forcing = new Host(new DraftText(1_000_000, true), Tokens.of(5, 6, 7), DraftPlan.chain(40), 0);
        forcing.runUntilRest();
        long told = forcing.sent.stream()
                .flatMap(frame -> frame.branches().stream())
                .distinct()
                .count();
        int passes = forcing.sent.stream().mapToInt(DraftFrame.Drafted::passes).sum();
        assertThat(told).isEqualTo(40 - 3);
        assertThat(passes).isLessThan(28);
    }

    @Test
    void withoutCreditItRestsAndFillsNoCache() {
        assertThat(chain(3).begin()).isEqualTo(new DraftStep.Rest());
    }

    @Test
    void aPromptIsFilledInChunksAndItsLastTokenGivesTheFirstGuess() {
        Tokens prompt = Tokens.of(1, 2, 3, 4, 5, 6);
        Host host = new Host(TEXT, prompt, DraftPlan.chain(8), 0);
        assertThat(host.begin()).isEqualTo(new DraftStep.Fill(0, Tokens.of(1, 2, 3, 4)));
        assertThat(host.begin()).isEqualTo(new DraftStep.Fill(4, Tokens.of(5)));
        DraftStep.Nodes nodes = grow(host.begin()).nodes();
        assertThat(nodes.tokens()).containsExactly(6);
        assertThat(nodes.positions()).containsExactly(5);
        assertThat(nodes.branches()).containsExactly(Branch.of(prompt).digest());
    }

    @Test
    void whatTheCacheHoldsIsNotFilledAgain() {
        Host host = new Host(TEXT, Tokens.of(1, 2, 3, 4, 5, 6), DraftPlan.chain(8), 6);
        assertThat(grow(host.begin()).nodes().tokens()).containsExactly(6);
    }

    @Test
    void itStopsAtItsCredit() {
        Host host = chain(5);
        host.runUntilRest();
        assertThat(host.sent).extracting(frame -> frame.positions().get(0)).containsExactly(3, 4);
    }

    @Test
    void draftTokensThatWereRightAreKept() {
        Host host = chain(6);
        host.runUntilRest();
        Tokens right = firstChoices(PROMPT, 2);
        assertThat(host.worker.advance(advance(PROMPT, right, DraftPlan.chain(8))))
                .isNull();
        DraftStep.Nodes nodes = grow(host.begin()).nodes();
        assertThat(nodes.tokens()).containsExactly(firstChoices(PROMPT, 3).last());
        assertThat(host.cache.trunk().size())
                .as("what was forwarded is settled")
                .isEqualTo(5);
    }

    @Test
    void itStartsAnewWhereItWasContradicted() {
        Host host = chain(6);
        host.runUntilRest();
        int other = other(TEXT.firstChoice(PROMPT));
        host.worker.advance(advance(PROMPT, Tokens.of(other), DraftPlan.chain(8)));
        DraftStep.Nodes nodes = grow(host.begin()).nodes();
        assertThat(nodes.tokens()).containsExactly(other);
        assertThat(nodes.parents()).containsExactly(Branch.of(PROMPT).digest());
    }

    @Test
    void committedTokensThatTheCacheLacksGoFirst() {
        Host host = chain(4);
        host.runUntilRest();
        int other = other(TEXT.firstChoice(PROMPT));
        host.worker.advance(advance(PROMPT, Tokens.of(other, 7, 8), DraftPlan.chain(9)));
        DraftStep.Grow grow = grow(host.begin());
        assertThat(grow.nodes().tokens()).containsExactly(other, 7, 8);
        DraftFrame.Drafted frame = Objects.requireNonNull(host.finish(grow));
        assertThat(frame.positions()).as("only what follows the last is told").isEqualTo(Ints.of(6));
    }

    @Test
    void aLongCommitBehindRightGuessesIsFilledFromTheTrunk() {
        Host host = chain(6);
        host.runUntilRest();
        Tokens right = firstChoices(PROMPT, 2);
        Tokens committed = right.plus(Tokens.of(9, 9, 9, 9, 9, 9, 9, 9));
        host.worker.advance(advance(PROMPT, committed, DraftPlan.chain(20)));
        host.runUntilRest();
        Tokens all = PROMPT.plus(committed);
        assertThat(host.cache.trunk().commonPrefix(all))
                .isEqualTo(host.cache.trunk().size());
        assertThat(host.sent).anyMatch(frame -> frame.branches().contains(Branch.of(all)));
    }

    @Test
    void anUnknownPrefixIsRefused() {
        Host host = chain(6);
        DraftFrame.Refused wrongBranch =
                host.worker.advance(advance(Tokens.of(1, 2, 9), Tokens.none(), DraftPlan.chain(6)));
        assertThat(wrongBranch).isNotNull().extracting(DraftFrame.Refused::code).isEqualTo(RefusalCode.PREFIX_UNKNOWN);
        DraftFrame.Refused ahead = host.worker.advance(advance(PROMPT.plus(5), Tokens.none(), DraftPlan.chain(6)));
        assertThat(ahead).isNotNull().extracting(DraftFrame.Refused::code).isEqualTo(RefusalCode.PREFIX_UNKNOWN);
    }

    @Test
    void aContradictionOfWhatIsCommittedIsRefused() {
        Host host = chain(6);
        assertThat(host.worker.advance(advance(PROMPT, Tokens.of(5, 6), DraftPlan.chain(9))))
                .isNull();
        DraftFrame.Refused refused = host.worker.advance(advance(PROMPT, Tokens.of(5, 7), DraftPlan.chain(9)));
        assertThat(refused).isNotNull().extracting(DraftFrame.Refused::code).isEqualTo(RefusalCode.PREFIX_UNKNOWN);
    }

    @Test
    void nothingFollowsAnEndUntilItIsContradicted() {
        DraftText ends = new DraftText(1);
        Host host = new Host(ends, PROMPT, DraftPlan.chain(8), 0);
        host.runUntilRest();
        assertThat(host.sent).hasSize(1);
        host.worker.advance(advance(PROMPT, Tokens.of(4), DraftPlan.chain(9)));
        assertThat(host.begin()).isInstanceOf(DraftStep.Grow.class);
    }

    @Test
    void aPassThatWasOvertakenIsWastedButCounted() {
        Host host = chain(9);
        host.step();
        host.step();
        DraftStep.Grow running = grow(host.begin());
        host.worker.advance(advance(PROMPT, Tokens.of(other(TEXT.firstChoice(PROMPT))), DraftPlan.chain(9)));
        assertThat(host.finish(running)).isNull();
        DraftFrame.Drafted frame = Objects.requireNonNull(host.finish(grow(host.begin())));
        assertThat(frame.passes()).isEqualTo(2);
    }

    @Test
    void aPassThatWasConfirmedMeanwhileIsTold() {
        Host host = chain(9);
        host.step();
        host.step();
        DraftStep.Grow running = grow(host.begin());
        host.worker.advance(advance(PROMPT, firstChoices(PROMPT, 1), DraftPlan.chain(9)));
        assertThat(host.finish(running)).isNotNull();
    }

    @Test
    void aWishIsGrantedOnceWithItsAncestors() {
        Host host = chain(0);
        TokenTree guesses = TokenTree.chain(Tokens.of(11, 12));
        host.worker.expand(new DraftFrame.Expand(3, Branch.of(PROMPT), guesses, Ints.of(1)));
        host.runUntilRest();
        assertThat(host.sent).hasSize(1);
        assertThat(host.sent.get(0).branches())
                .containsExactly(
                        Branch.of(PROMPT),
                        Branch.of(PROMPT.plus(11)),
                        Branch.of(PROMPT.plus(11).plus(12)));
    }

    @Test
    void aWishForWhatIsNoLongerCommittedIsIgnored() {
        Host host = chain(0);
        host.worker.expand(wishAt(PROMPT));
        host.worker.advance(advance(PROMPT, Tokens.of(5), DraftPlan.chain(0)));
        assertThat(host.begin()).isEqualTo(new DraftStep.Rest());
        host.worker.expand(wishAt(PROMPT.plus(6)));
        assertThat(host.begin()).isEqualTo(new DraftStep.Rest());
    }

    @Test
    void aNewerWishReplacesOneThatHasNotBegun() {
        Host host = chain(0);
        host.worker.expand(wishAt(PROMPT));
        TokenTree guesses = TokenTree.chain(Tokens.of(15));
        host.worker.expand(new DraftFrame.Expand(3, Branch.of(PROMPT), guesses, Ints.of(0)));
        host.runUntilRest();
        assertThat(host.sent).hasSize(1);
        assertThat(host.sent.get(0).branches()).contains(Branch.of(PROMPT.plus(15)));
    }

    @Test
    void aWishBeyondTheContextIsIgnored() {
        int[] tokens = new int[Host.CONTEXT_TOKENS - 2];
        Arrays.fill(tokens, 5);
        Tokens prompt = Tokens.of(tokens);
        Host host = new Host(TEXT, prompt, DraftPlan.chain(0), tokens.length);
        TokenTree guesses = TokenTree.chain(Tokens.of(6, 7, 8));
        host.worker.expand(new DraftFrame.Expand(tokens.length, Branch.of(prompt), guesses, Ints.of(-1, 2)));
        host.runUntilRest();
        assertThat(host.sent).hasSize(1);
        assertThat(host.sent.get(0).branches()).isEqualTo(List.of(Branch.of(prompt)));
    }

    @Test
    void aSequenceThatIsTooLongIsRefused() {
        Host host = chain(6);
        DraftFrame.Advance frame =
                new DraftFrame.Advance(Limits.SEQUENCE_TOKENS_MAX, Branch.of(PROMPT), Tokens.of(1), DraftPlan.chain(6));
        assertThat(host.worker.advance(frame))
                .isNotNull()
                .extracting(DraftFrame.Refused::code)
                .isEqualTo(RefusalCode.CONTEXT_EXCEEDED);
    }

    private static Host chain(int upTo) {
        return new Host(TEXT, PROMPT, DraftPlan.chain(upTo), 0);
    }

    private static int other(int token) {
        return token == 1 ? 2 : 1;
    }

    private static DraftFrame.Expand wishAt(Tokens committed) {
        return new DraftFrame.Expand(committed.size(), Branch.of(committed), TokenTree.none(), Ints.of(-1));
    }

    private static DraftFrame.Advance advance(Tokens before, Tokens committed, DraftPlan plan) {
        return new DraftFrame.Advance(before.size(), Branch.of(before), committed, plan);
    }

    private static DraftStep.Grow grow(DraftStep step) {
        assertThat(step).isInstanceOf(DraftStep.Grow.class);
        return (DraftStep.Grow) step;
    }
}
