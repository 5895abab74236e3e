package io.wanspec.endpoints.draft;

import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.endpoints.compute.Engine;
import io.wanspec.endpoints.compute.Sequences;
import io.wanspec.endpoints.model.Sequence;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A {@link DraftWorker} with the model that runs its passes. The cache is acquired with the first pass, not before. */
final class Drafting {
    private static final float MILLI = 1_000;

    private final Engine engine;
    private final SamplingOptions options;
    private final Tokens prefix;
    private final DraftWorker worker;
    private Sequences.@Nullable Lease lease;

    Drafting(Engine engine, DraftFrame.Open open) {
        this.engine = engine;
        options = open.sampling();
        prefix = open.prefix();
        worker = new DraftWorker(
                open, engine.identity().contextTokens(), Engine.PREFILL_TOKENS_MAX, engine.model()::endsSequence);
    }

    DraftFrame.@Nullable Refused advance(DraftFrame.Advance frame) {
        return worker.advance(frame);
    }

    /** @return whether there was a pass to run */
    boolean runOnePass(Outbox outbox) {
        switch (worker.next()) {
            case DraftStep.Rest rest -> {
                return false;
            }
            case DraftStep.Fill fill -> fill(fill);
            case DraftStep.Guess guess -> guess(guess, outbox);
        }
        return true;
    }

    private void fill(DraftStep.Fill step) {
        if (lease == null && acquire()) {
            return;
        }
        worker.filled(step, engine.fill(cut(step), step.tokens()));
    }

    private void guess(DraftStep.Guess step, Outbox outbox) {
        if (lease == null && acquire()) {
            return;
        }
        Engine.Timed timed = engine.decode(cut(step), step.tokens(), 1);
        int token = engine.choose(timed.pass(), 0, options, step.position());
        int entropy = Math.round(timed.pass().entropies()[0] * MILLI);
        DraftFrame.Drafted frame = worker.guessed(step, token, entropy, timed.nanos());
        if (frame != null) {
            outbox.add(frame);
        }
    }

    /** @return whether the sequence came with a part of the prefix, so that the worker has to think again */
    private boolean acquire() {
        Sequences.Lease acquired = engine.sequences().acquire(prefix);
        lease = acquired;
        int held = acquired.sequence().length();
        if (held > 0) {
            worker.cacheHolds(held);
        }
        return held > 0;
    }

    private Sequence cut(DraftStep.Forward step) {
        Sequence sequence = Objects.requireNonNull(lease).sequence();
        if (sequence.length() > step.keep()) {
            sequence.truncate(step.keep());
        }
        return sequence;
    }

    void release() {
        if (lease != null) {
            lease.release(worker.cachedTokens());
            lease = null;
        }
    }
}
