package io.wanspec.controller.estimate;

/** What is known of a worker's speed: its round trip and the time of a draft pass, in nanoseconds. */
public final class WorkerEstimate {
    private static final double WEIGHT = 0.1;

    /** A shortest pass that does not come again is forgotten by 1 % a pass. */
    private static final double FORGETTING = 1.01;

    private final Average roundTripNanos;
    private final Average jitterNanos = new Average(0, WEIGHT);
    private double shortestNanos;
    private final Average passNanos;
    private int replies;
    private int passes;

    /**
     * @param roundTripPriorNanos assumed until the first reply
     * @param passPriorNanos assumed until the first pass
     */
    public WorkerEstimate(double roundTripPriorNanos, double passPriorNanos) {
        roundTripNanos = new Average(roundTripPriorNanos, WEIGHT);
        passNanos = new Average(passPriorNanos, WEIGHT);
    }

    public void onPasses(int more, long micros) {
        if (more > 0) {
            // A worker says what it likes; it must not make a count negative.
            passes = (int) Math.min((long) passes + more, Integer.MAX_VALUE);
            double nanos = micros * 1e3 / more;
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
        double roundTrip = Math.max(0, nanos - passNanos.value());
        jitterNanos.add(Math.abs(roundTrip - roundTripNanos.value()));
        roundTripNanos.add(roundTrip);
        replies++;
    }

    public int replies() {
        return replies;
    }

    public int passes() {
        return passes;
    }

    /** How much replies differ from the mean. */
    public long jitterNanos() {
        return Math.round(jitterNanos.value());
    }

    public long roundTripNanos() {
        return Math.round(roundTripNanos.value());
    }

    public long passNanos() {
        return Math.max(1, Math.round(passNanos.value()));
    }
}
