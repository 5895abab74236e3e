package io.wanspec.endpoints.draft;

import io.wanspec.contracts.Limits;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.RefusalCode;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What a draft worker does for one session, as a pure state machine: {@link #advance} takes the controller's frames,
 * {@link #next} says what to forward, and {@link #filled} and {@link #guessed} take the outcome and give the frame to send.
 * No clock, thread or socket: the server and the simulator drive the same class. Frames may come while a pass is under
 * way.
 */
public final class DraftWorker {
    private final int promptTokens;
    private final int contextTokens;
    private final int fillTokensMax;
    private final IntPredicate endsSequence;
    private final TokenPath path;
    private int committed;
    private int draftUpTo;

    /** Length of the cache's prefix that agrees with {@link #path}. */
    private int cached;

    /** Lowest position at which the path has changed since the last {@link #next}. */
    private int changedFrom = Integer.MAX_VALUE;

    private int passes;
    private long passNanos;
    private long fillNanos;

    /**
     * @param contextTokens of the draft model
     * @param fillTokensMax most tokens of a pass that only fills the cache
     * @param endsSequence whether a token ends a sequence
     */
    public DraftWorker(DraftFrame.Open open, int contextTokens, int fillTokensMax, IntPredicate endsSequence) {
        this.contextTokens = contextTokens;
        this.fillTokensMax = fillTokensMax;
        this.endsSequence = endsSequence;
        promptTokens = open.prefix().size();
        committed = promptTokens;
        draftUpTo = open.draftUpTo();
        path = new TokenPath(open.prefix());
    }

    /**
     * Takes a frame of the controller. One that is behind what the worker knows to be committed changes nothing.
     *
     * @return the refusal that ends the session, or null
     */
    public DraftFrame.@Nullable Refused advance(DraftFrame.Advance frame) {
        int position = frame.position();
        int end = position + frame.committed().size();
        if ((long) end + frame.path().size() > Limits.SEQUENCE_TOKENS_MAX) {
            return new DraftFrame.Refused(
                    RefusalCode.CONTEXT_EXCEEDED,
                    "committed: the sequence must not exceed " + Limits.SEQUENCE_TOKENS_MAX + " tokens");
        }
        if (!path.holds(position, frame.branch())) {
            return unknown(frame);
        }
        int agreed = path.agreed(position, frame.committed());
        if (agreed < frame.committed().size() && position + agreed < committed) {
            return unknown(frame);
        }
        if (end < committed) {
            return null;
        }
        committed = end;
        draftUpTo = frame.draftUpTo();
        follow(position, frame.committed().plus(frame.path()));
        return null;
    }

    /** Keeps what agrees with {@code told}, drafts behind it included; replaces what does not. */
    private void follow(int position, Tokens told) {
        int agreed = path.agreed(position, told);
        if (agreed < told.size()) {
            int from = position + agreed;
            path.truncate(from);
            path.append(told.from(agreed));
            cached = Math.min(cached, from);
            changedFrom = Math.min(changedFrom, from);
        }
    }

    private static DraftFrame.Refused unknown(DraftFrame.Advance frame) {
        return new DraftFrame.Refused(
                RefusalCode.PREFIX_UNKNOWN,
                "branch: the worker does not hold this prefix of " + frame.position() + " tokens; open the link again");
    }

    /** Before the first pass: the model's cache holds this much of the opened prefix already. */
    public void cacheHolds(int tokens) {
        cached = Math.min(tokens, promptTokens);
    }

    /** What to do next; without credit it is nothing at all. */
    public DraftStep next() {
        if (!mayGuess()) {
            return new DraftStep.Rest();
        }
        changedFrom = Integer.MAX_VALUE;
        int size = path.size();
        int keep = Math.min(cached, size - 1);
        if (keep < promptTokens - 1) {
            return fill(keep, promptTokens - 1);
        }
        if (size - keep > fillTokensMax) {
            return fill(keep, size - 1);
        }
        return new DraftStep.Guess(keep, path.slice(keep, size), size, path.branchBefore(size));
    }

    private DraftStep fill(int keep, int limit) {
        return new DraftStep.Fill(keep, path.slice(keep, Math.min(limit, keep + fillTokensMax)));
    }

    private boolean mayGuess() {
        int position = path.size();
        boolean ended = position > promptTokens && endsSequence.test(path.last());
        return position < Math.min(draftUpTo, contextTokens) && !ended;
    }

    /** A {@link DraftStep.Fill} is done. */
    public void filled(DraftStep.Fill step, long nanos) {
        fillNanos += nanos;
        onCached(step);
    }

    /**
     * A {@link DraftStep.Guess} is done.
     *
     * @param token the draft model's choice by the coupled rule
     * @param entropyMilliNats of its distribution
     * @return the frame to send, or null if the guess has become pointless meanwhile
     */
    public DraftFrame.@Nullable Drafted guessed(DraftStep.Guess step, int token, int entropyMilliNats, long nanos) {
        onCached(step);
        passes++;
        passNanos += nanos;
        boolean current = path.size() == step.position() && path.holds(step.position(), step.branch());
        if (!current || step.position() >= draftUpTo) {
            return null;
        }
        path.append(token);
        DraftFrame.Drafted frame = new DraftFrame.Drafted(
                step.position(), step.branch(), Tokens.of(token), List.of(entropyMilliNats), passes, passNanos / 1_000);
        passes = 0;
        passNanos = 0;
        return frame;
    }

    private void onCached(DraftStep.Forward step) {
        cached = Math.min(step.keep() + step.tokens().size(), changedFrom);
    }

    /** The tokens that the cache holds and the worker still believes in. */
    public Tokens cachedTokens() {
        return path.slice(0, Math.min(cached, path.size()));
    }

    /** Time of passes that only filled the cache, in nanoseconds. */
    public long fillNanos() {
        return fillNanos;
    }
}
