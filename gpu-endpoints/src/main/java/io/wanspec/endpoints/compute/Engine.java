package io.wanspec.endpoints.compute;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.sampling.CoupledSampler;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.Sequence;
import java.util.concurrent.locks.LockSupport;

/** A model with its caches, sampler and pace. Passes and sampling happen on the compute thread only. */
public final class Engine {
    /** Most tokens of a prompt that one pass fills in, so that other sessions' passes get in between. */
    public static final int PREFILL_TOKENS_MAX = 64;

    private final LanguageModel model;
    private final Sequences sequences;
    private final Pace pace;
    private final CoupledSampler sampler = new CoupledSampler();

    public Engine(LanguageModel model, Sequences sequences, Pace pace) {
        this.model = model;
        this.sequences = sequences;
        this.pace = pace;
    }

    /** A pass and the time that it took, padding included. */
    public record Timed(Pass pass, long nanos) {}

    public LanguageModel model() {
        return model;
    }

    public ModelIdentity identity() {
        return model.identity();
    }

    public Sequences sequences() {
        return sequences;
    }

    /** A decode pass, padded to the pace. */
    public Timed decode(Sequence sequence, Tokens tokens, int logitRows) {
        long start = System.nanoTime();
        Pass pass = sequence.append(tokens, logitRows);
        if (pace.isPaced()) {
            sleepUntil(start + pace.nanosFor(tokens.size()));
        }
        return new Timed(pass, System.nanoTime() - start);
    }

    /** A pass that only fills the cache; never padded. @return its time in nanoseconds */
    public long fill(Sequence sequence, Tokens tokens) {
        long start = System.nanoTime();
        sequence.append(tokens, 0);
        return System.nanoTime() - start;
    }

    /** The token that seed-coupled sampling chooses from a row of {@code pass} for {@code position}. */
    public int choose(Pass pass, int row, SamplingOptions options, int position) {
        int columns = pass.vocabulary();
        return sampler.sample(pass.logits(), row * columns, columns, model.proposals(), options, position);
    }

    private static void sleepUntil(long deadline) {
        long left = deadline - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = deadline - System.nanoTime();
        }
    }
}
