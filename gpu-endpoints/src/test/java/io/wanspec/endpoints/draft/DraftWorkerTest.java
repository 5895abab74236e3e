package io.wanspec.endpoints.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.RefusalCode;
import io.wanspec.endpoints.twin.HashModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the worker does in each situation, pass by pass. */
class DraftWorkerTest {
    private static final Tokens PROMPT = Tokens.of(1, 2, 3);

    private final List<DraftFrame.Drafted> sent = new ArrayList<>();

    @Test
    void withoutCreditItRests() {
        DraftWorker worker = worker(PROMPT, 3);
        assertThat(worker.next()).isEqualTo(new DraftStep.Rest());
    }

    @Test
    void aPromptIsFilledInChunksAndItsLastTokenGivesTheFirstGuess() {
        DraftWorker worker = worker(Tokens.of(1, 2, 3, 4, 5, 6), 8);
        assertThat(fill(worker)).isEqualTo(new DraftStep.Fill(0, Tokens.of(1, 2, 3, 4)));
        assertThat(fill(worker)).isEqualTo(new DraftStep.Fill(4, Tokens.of(5)));
        assertThat(worker.next())
                .isEqualTo(new DraftStep.Guess(5, Tokens.of(6), 6, Branch.of(Tokens.of(1, 2, 3, 4, 5, 6))));
    }

    @Test
    void itStopsAtItsCredit() {
        DraftWorker worker = worker(PROMPT, 5);
        fill(worker);
        guess(worker, 10);
        guess(worker, 11);
        assertThat(worker.next()).isEqualTo(new DraftStep.Rest());
        assertThat(sent).extracting(DraftFrame.Drafted::position).containsExactly(3, 4);
    }

    @Test
    void guessesThatWereRightAreKept() {
        DraftWorker worker = drafted(10, 11, 12);
        advance(worker, 3, PROMPT, Tokens.of(10, 11), Tokens.none(), 9);
        DraftStep.Guess next = (DraftStep.Guess) worker.next();
        assertThat(next.position()).isEqualTo(6);
        assertThat(next.tokens()).isEqualTo(Tokens.of(12));
    }

    @Test
    void itRollsBackToWhereItWasContradicted() {
        DraftWorker worker = drafted(10, 11, 12);
        advance(worker, 3, PROMPT, Tokens.of(10, 20), Tokens.none(), 9);
        assertThat(worker.next())
                .isEqualTo(new DraftStep.Guess(4, Tokens.of(20), 5, Branch.of(Tokens.of(1, 2, 3, 10, 20))));
    }

    @Test
    void aPathIsTakenForGranted() {
        DraftWorker worker = drafted(10, 11, 12);
        advance(worker, 3, PROMPT, Tokens.none(), Tokens.of(10, 30, 31), 9);
        DraftStep.Guess next = (DraftStep.Guess) worker.next();
        assertThat(next.position()).isEqualTo(6);
        assertThat(next.tokens()).isEqualTo(Tokens.of(30, 31));
    }

    @Test
    void aStaleFrameChangesNothing() {
        DraftWorker worker = drafted(10, 11, 12);
        advance(worker, 3, PROMPT, Tokens.of(10, 11), Tokens.none(), 9);
        DraftStep before = worker.next();
        assertThat(worker.advance(frame(3, PROMPT, Tokens.of(10), Tokens.of(30), 5)))
                .isNull();
        assertThat(worker.next()).isEqualTo(before);
    }

    @Test
    void anUnknownPrefixIsRefused() {
        DraftWorker worker = drafted(10);
        DraftFrame.Refused refused = worker.advance(frame(4, Tokens.of(1, 2, 3, 9), Tokens.none(), Tokens.none(), 9));
        assertThat(refused).isNotNull().extracting(DraftFrame.Refused::code).isEqualTo(RefusalCode.PREFIX_UNKNOWN);
    }

    @Test
    void anEndRestsUntilItIsContradicted() {
        DraftWorker worker = drafted(10, HashModel.END);
        assertThat(worker.next()).isEqualTo(new DraftStep.Rest());
        advance(worker, 3, PROMPT, Tokens.of(10, 11), Tokens.none(), 9);
        assertThat(worker.next()).isInstanceOf(DraftStep.Guess.class);
    }

    @Test
    void aGuessThatWasOvertakenIsWastedButCounted() {
        DraftWorker worker = drafted(10);
        DraftStep.Guess running = (DraftStep.Guess) worker.next();
        advance(worker, 3, PROMPT, Tokens.of(20), Tokens.none(), 9);
        assertThat(worker.guessed(running, 11, 0, 1_000_000)).isNull();
        DraftStep.Guess next = (DraftStep.Guess) worker.next();
        assertThat(next).isEqualTo(new DraftStep.Guess(3, Tokens.of(20), 4, Branch.of(Tokens.of(1, 2, 3, 20))));
        DraftFrame.Drafted frame = Objects.requireNonNull(worker.guessed(next, 21, 0, 2_000_000));
        assertThat(frame.passes()).isEqualTo(2);
        assertThat(frame.passMicros()).isEqualTo(3_000);
    }

    static DraftWorker worker(Tokens prefix, int upTo) {
        DraftFrame.Open open = new DraftFrame.Open(
                ProtocolVersion.CURRENT,
                new SessionId("s"),
                HashModel.target(100).identity(),
                SamplingOptions.greedy(),
                prefix,
                upTo);
        return new DraftWorker(open, 100, 4, token -> token == HashModel.END);
    }

    private DraftWorker drafted(int... guesses) {
        DraftWorker worker = worker(PROMPT, 8);
        fill(worker);
        for (int guess : guesses) {
            guess(worker, guess);
        }
        return worker;
    }

    private static DraftStep fill(DraftWorker worker) {
        DraftStep.Fill step = (DraftStep.Fill) worker.next();
        worker.filled(step, 1);
        return step;
    }

    private void guess(DraftWorker worker, int token) {
        DraftFrame.Drafted frame = worker.guessed((DraftStep.Guess) worker.next(), token, 0, 1);
        assertThat(frame).isNotNull();
        sent.add(frame);
    }

    private static void advance(
            DraftWorker worker, int position, Tokens prefix, Tokens committed, Tokens path, int upTo) {
        assertThat(worker.advance(frame(position, prefix, committed, path, upTo)))
                .isNull();
    }

    private static DraftFrame.Advance frame(int position, Tokens prefix, Tokens committed, Tokens path, int upTo) {
        return new DraftFrame.Advance(position, Branch.of(prefix), committed, path, upTo);
    }
}
