package io.wanspec.controller.estimate;

/** What is known of a worker's speed: its round trip and the time of a draft pass, in nanoseconds. */
public final class WorkerEstimate {
    private static final double PASS_PRIOR_NANOS = 8e6;
    private static final double WEIGHT = 0.1;

    /** A shortest pass that does not come again is forgotten by 1 % a pass. */
    private static final double FORGETTING = 1.01;

    private final Average roundTripNanos;
    private double shortestNanos;
    private final Average passNanos = new Average(PASS_PRIOR_NANOS, WEIGHT);

    /** @param roundTripPriorNanos assumed until the first reply */
    public WorkerEstimate(double roundTripPriorNanos) {
        roundTripNanos = new Average(roundTripPriorNanos, WEIGHT);
    }

    public void onPasses(int passes, long micros) {
        if (passes > 0) {
            double nanos = micros * 1e3 / passes;
            passNanos.add(nanos);
            shortestNanos = shortestNanos == 0 ? nanos : Math.min(nanos, shortestNanos * FORGETTING);
        }
    }

    /** Time of a pass over a single node: the shortest of late, since passes that do more take longer. */
    public double singleNanos() {
        return shortestNanos == 0 ? passNanos.value() : shortestNanos;
    }

    /** @param nanos from what was sent to the first draft token that follows from it */
    public void onReply(long nanos) {
        roundTripNanos.add(Math.max(0, nanos - passNanos.value()));
    }

    public long roundTripNanos() {
        return Math.round(roundTripNanos.value());
    }

    public long passNanos() {
        return Math.max(1, Math.round(passNanos.value()));
    }
}
