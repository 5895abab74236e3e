package io.wanspec.controller;

import io.wanspec.contracts.Logprobs;
import io.wanspec.contracts.Tokens;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a session has come, as its {@linkplain Action.Checkpoint checkpoints} say: where another controller goes on.
 *
 * @param tokens committed, without the prompt
 * @param pieces the target's own, one a token, in which no stop string has been looked for
 * @param finish how the text ended; null while it goes on
 * @param logprobs of each token, or none
 */
public record Progress(
        Tokens tokens, List<String> pieces, @Nullable FinishReason finish, Logprobs logprobs) {
    private static final Progress NONE = new Progress(Tokens.none(), List.of(), null);

    public Progress {
        pieces = List.copyOf(pieces);
        if (pieces.size() != tokens.size()) {
            throw new IllegalArgumentException("a piece for every token");
        }
        if (!logprobs.fits(tokens.size())) {
            throw new IllegalArgumentException("log-probabilities of every token, or of none");
        }
    }

    /** Without log-probabilities. */
    public Progress(Tokens tokens, List<String> pieces, @Nullable FinishReason finish) {
        this(tokens, pieces, finish, Logprobs.none());
    }

    public static Progress none() {
        return NONE;
    }

    public boolean isNone() {
        return tokens.isEmpty();
    }

    /** A part of it, which ends so. */
    public Progress slice(int from, int to, @Nullable FinishReason how) {
        return new Progress(tokens.slice(from, to), pieces.subList(from, to), how, logprobs.slice(from, to));
    }

    /** With what was committed next. */
    public Progress plus(Progress more) {
        List<String> all = new ArrayList<>(pieces);
        all.addAll(more.pieces);
        return new Progress(tokens.plus(more.tokens), all, more.finish, logprobs.plus(more.logprobs));
    }

    /** What each token shows where these strings end the text: the pieces of {@link Action.Emit}, one a token. */
    public List<String> shown(List<String> stops) {
        return shown(StopRule.at(stops));
    }

    /** The same by a rule that may say more. */
    public List<String> shown(StopRule stops) {
        return seen(stops).texts();
    }

    /** The same with the log-probabilities that belong to it. */
    public SeenText seen(StopRule stops) {
        StopGate gate = new StopGate(stops);
        SeenText seen = gate.pass(pieces, logprobs);
        return finish == null ? seen : gate.end(seen);
    }
}
