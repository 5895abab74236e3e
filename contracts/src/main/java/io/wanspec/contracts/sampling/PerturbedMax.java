package io.wanspec.contracts.sampling;

/** Running maximum of perturbed logits. */
final class PerturbedMax {
    private final long key;
    private final double temperature;
    private double best = Double.NEGATIVE_INFINITY;
    private int token = -1;

    PerturbedMax(long key, double temperature) {
        this.key = key;
        this.temperature = temperature;
    }

    void offer(float logit, int id) {
        double scaled = logit / temperature;
        long bits = Noise.bits(key, id);
        if (bits < NoiseBounds.below(best - scaled)) {
            return;
        }
        double value = scaled + Noise.gumbel(bits);
        if (value > best || (value == best && id < token)) {
            best = value;
            token = id;
        }
    }

    int token() {
        return token;
    }
}
