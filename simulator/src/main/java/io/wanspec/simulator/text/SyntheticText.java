package io.wanspec.simulator.text;

import io.wanspec.contracts.SamplingOptions;
import io.wanspec.drafting.Outlooks;

/**
 * A text whose every prefix draws its signal, and the rank of the target's token, from a hash of its digest: independent from
 * prefix to prefix, the same whoever asks.
 */
public final class SyntheticText implements Text {
    private static final int CHOICE_TOKENS = 1 << 20;
    private static final double UNIT = 0x1.0p-53;

    private final SignalModel model;
    private final long seed;
    private final SamplingOptions sampling;

    public SyntheticText(SignalModel model, long seed) {
        this(model, seed, SamplingOptions.greedy());
    }

    SyntheticText(SignalModel model, long seed, SamplingOptions sampling) {
        this.model = model;
        this.seed = seed;
        this.sampling = sampling;
    }

    @Override
    public SamplingOptions sampling() {
        return sampling;
    }

    @Override
    public int target(long branch, int position) {
        long hash = mix(branch ^ seed);
        double uniform = (mix(hash + 1) >>> 11) * UNIT;
        return choice(hash, model.rankAt(bin(hash), uniform));
    }

    @Override
    public void outlook(long branch, int position, int candidates, Outlooks out) {
        long hash = mix(branch ^ seed);
        int bin = bin(hash);
        // The bin stands for the entropy: what matters is its order.
        out.begin(bin * 40);
        for (int rank = 0; rank < candidates && rank < CANDIDATES; rank++) {
            out.candidate(choice(hash, rank), model.surprisalMilliNats(bin, rank));
        }
    }

    private static int bin(long hash) {
        return (int) (hash >>> 57);
    }

    /** Five different tokens behind each prefix: four choices and one that the draft does not think of. */
    private static int choice(long hash, int rank) {
        return (int) ((hash & (CHOICE_TOKENS - 1)) * 5 + rank);
    }

    private static long mix(long z) {
        long y = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        y = (y ^ (y >>> 27)) * 0x94D049BB133111EBL;
        return y ^ (y >>> 31);
    }
}
