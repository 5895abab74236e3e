package io.wanspec.endpoints.bench;

import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.sampling.CoupledSampler;
import io.wanspec.endpoints.model.Pass;

/** Choosing one token. */
final class SamplingCase {
    private static final long SEED = 7;

    private final CoupledSampler sampler = new CoupledSampler();
    private final SamplingOptions options;
    private final Samples samples = new Samples();
    private int position;
    private int checksum;

    SamplingCase(double temperature, double topP) {
        this.options = new SamplingOptions(temperature, 0, topP, SEED);
    }

    SamplingOptions options() {
        return options;
    }

    Samples samples() {
        return samples;
    }

    /** Chooses from the first logits of {@code pass}; not counted in a round below 0. */
    void measure(Pass pass, int round) {
        long begin = System.nanoTime();
        checksum += sampler.sample(pass.logits(), 0, pass.vocabulary(), options, position++);
        long nanos = System.nanoTime() - begin;
        if (round >= 0) {
            samples.add(nanos);
        }
    }

    /** Of all tokens chosen; its use keeps the choice from being optimised away. */
    int checksum() {
        return checksum;
    }
}
