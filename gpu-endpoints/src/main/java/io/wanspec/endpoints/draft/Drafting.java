package io.wanspec.endpoints.draft;

import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.endpoints.compute.Engine;
import io.wanspec.endpoints.model.SequencePool;
import org.jspecify.annotations.Nullable;

/** A {@link DraftWorker} with the model that runs its passes. The cache is acquired with the first pass, not before. */
final class Drafting {
    private static final float MILLI = 1_000;

    private final Engine engine;
    private final SamplingOptions options;
    private final Tokens prefix;
    private final DraftWorker worker;
    private SequencePool.@Nullable Lease lease;

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

    /** What became of a turn. */
    enum Turn {
        RAN,
        RESTED,
        NO_SEQUENCE
    }

    /** Runs what the worker wants next, with at most one pass. */
    Turn runOnePass(Outbox outbox) {
        return switch (worker.next()) {
            case DraftStep.Rest _ -> Turn.RESTED;
            case DraftStep.Forward forward -> {
                SequencePool.Lease sequence = lease;
                if (sequence == null) {
                    yield acquire();
                }
                if (sequence.length() > forward.keep()) {
                    sequence.truncate(forward.keep());
                }
                run(forward, sequence, outbox);
                yield Turn.RAN;
            }
        };
    }

    private void run(DraftStep.Forward forward, SequencePool.Lease sequence, Outbox outbox) {
        switch (forward) {
            case DraftStep.Fill fill -> worker.filled(fill, engine.fill(sequence, fill.tokens()));
            case DraftStep.Guess guess -> guess(guess, sequence, outbox);
        }
    }

    private void guess(DraftStep.Guess step, SequencePool.Lease sequence, Outbox outbox) {
        Engine.Timed timed = engine.decode(sequence, step.tokens(), 1);
        int token = engine.choose(timed.pass(), 0, options, step.position());
        int entropy = Math.round(timed.pass().entropies()[0] * MILLI);
        DraftFrame.Drafted frame = worker.guessed(step, token, entropy, timed.nanos());
        if (frame != null) {
            outbox.add(frame);
        }
    }

    /** The sequence may hold a part of the prefix already, so the worker has to think again before the first pass. */
    private Turn acquire() {
        lease = engine.sequences().acquire(prefix).orElse(null);
        if (lease == null) {
            return Turn.NO_SEQUENCE;
        }
        worker.cacheHolds(lease.length());
        return Turn.RAN;
    }

    void release() {
        if (lease != null) {
            lease.close();
            lease = null;
        }
    }
}
