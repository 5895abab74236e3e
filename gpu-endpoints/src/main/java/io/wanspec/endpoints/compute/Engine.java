package io.wanspec.endpoints.compute;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.sampling.Candidates;
import io.wanspec.contracts.sampling.CoupledSampler;
import io.wanspec.endpoints.model.Branches;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.Sequence;
import io.wanspec.endpoints.model.copy.Copy;
import io.wanspec.endpoints.model.copy.CopyMixer;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A model with its caches and sampler, and the least time that its passes take. Passes and sampling happen on the compute thread only. */
public final class Engine {
    /** Most tokens of a prompt that one pass fills in, so that other sessions' passes get in between. */
    public static final int PREFILL_TOKENS_MAX = 64;

    private final LanguageModel model;
    private final Sequences sequences;
    private final MinimumPassTime minimum;
    private final CoupledSampler sampler = new CoupledSampler();
    private final CopyMixer mixer;
    private final PassCounts counts = new PassCounts();

    public Engine(LanguageModel model, Sequences sequences, MinimumPassTime minimum) {
        this.model = model;
        this.sequences = sequences;
        this.minimum = minimum;
        mixer = new CopyMixer(model.copies(), model.proposals());
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

    /** What decode passes have taken so far. */
    public PassCounts counts() {
        return counts;
    }

    /** A decode pass, padded to the minimum. */
    public Timed decode(Sequence sequence, Tokens tokens, int logitRows) {
        return padded(tokens.size(), () -> sequence.append(tokens, logitRows));
    }

    /** A pass over a tree with logits of every node, padded to the minimum; {@link Sequence#keep} says what becomes of it. */
    public Timed decodeTree(Sequence sequence, Tokens tokens, int[] parents) {
        return padded(tokens.size(), () -> sequence.appendTree(tokens, parents));
    }

    /** A pass over new nodes of a draft's tree, padded to the minimum. */
    public Timed grow(Branches branches, List<Branches.Node> nodes) {
        return padded(nodes.size(), () -> branches.grow(nodes));
    }

    private Timed padded(int tokens, Supplier<Pass> pass) {
        long start = System.nanoTime();
        Pass done = pass.get();
        long own = System.nanoTime() - start;
        long least = minimum.isPaced() ? minimum.nanosFor(tokens) : 0;
        sleepUntil(start + least);
        long whole = System.nanoTime() - start;
        counts.add(tokens, own, whole, minimum.isPaced() && own > least);
        return new Timed(done, whole);
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

    /** A row of {@code pass} with a copy mixed in, valid until the next call. */
    public CopyMixer.Row mix(Pass pass, int row, @Nullable Copy copy) {
        return mixer.mix(pass, row, copy);
    }

    /** The likeliest next tokens of a row, for {@code position}: without a copy, the first is what {@link #choose} gives. */
    public Candidates candidates(CopyMixer.Row row, SamplingOptions options, int position, int count) {
        return row.candidates(sampler, options, position, count);
    }

    private static void sleepUntil(long deadline) {
        long left = deadline - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = deadline - System.nanoTime();
        }
    }
}
