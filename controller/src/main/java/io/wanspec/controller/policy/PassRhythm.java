package io.wanspec.controller.policy;

/**
 * When passes of a target begin that serves others too. Whoever asks between two beginnings waits for the next, as far as the
 * others keep the target at work; a target that nobody else uses begins at once.
 *
 * @param beginNanos when one begins, or could
 * @param passNanos from one beginning to the next
 * @param othersShare how surely others keep the target at work, 0 to 1
 */
public record PassRhythm(long beginNanos, long passNanos, double othersShare) {
    private static final PassRhythm ALONE = new PassRhythm(0, 1, 0);

    public PassRhythm {
        if (passNanos < 1 || !(othersShare >= 0 && othersShare <= 1)) {
            throw new IllegalArgumentException("a rhythm has passes, and a share between 0 and 1");
        }
    }

    /** Nobody else uses the target. */
    public static PassRhythm alone() {
        return ALONE;
    }

    /** How much later the pass of a question at {@code to} is expected to begin than that of one at {@code from}. */
    public double nanosLater(long from, long to) {
        double exact = (double) to - from;
        return othersShare == 0 ? exact : othersShare * (begin(to) - begin(from)) + (1 - othersShare) * exact;
    }

    /** Until the pass of a question at this time is expected to begin. */
    public double nanosUntilNext(long askedAt) {
        return othersShare == 0 ? 0 : othersShare * (begin(askedAt) - askedAt);
    }

    private double begin(long askedAt) {
        return beginNanos + Math.ceil((double) (askedAt - beginNanos) / passNanos) * passNanos;
    }
}
