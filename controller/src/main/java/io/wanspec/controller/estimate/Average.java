package io.wanspec.controller.estimate;

/** An exponentially weighted mean. The first samples weigh as in a plain mean, so that the prior is soon forgotten. */
public final class Average {
    private final double weight;
    private double value;
    private double samples;

    /**
     * @param prior what holds before any sample
     * @param weight of a new sample in the long run, above 0 and at most 1
     */
    public Average(double prior, double weight) {
        this(prior, weight, 1);
    }

    /** @param priorSamples how many samples the prior is worth */
    public Average(double prior, double weight, double priorSamples) {
        this.samples = priorSamples - 1;
        if (!(weight > 0 && weight <= 1)) {
            throw new IllegalArgumentException("weight must be above 0 and at most 1");
        }
        this.value = prior;
        this.weight = weight;
    }

    public void add(double sample) {
        samples++;
        double share = Math.max(weight, 1.0 / (samples + 1));
        value += share * (sample - value);
    }

    public double value() {
        return value;
    }
}
