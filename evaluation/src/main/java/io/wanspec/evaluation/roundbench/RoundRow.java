package io.wanspec.evaluation.roundbench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A mode's rounds with one client; medians over answers.
 *
 * @param mode as requests name it
 * @param answers how many were measured
 * @param firstMs until the first token, in milliseconds
 * @param passMs of a round's passes in the busy region
 * @param besideMs what function, links and servers add to a round
 */
public record RoundRow(String mode, int answers, double firstMs, double passMs, double besideMs) {
    /** What they are to add at most, at the median, in milliseconds. */
    public static final double BESIDE_MS_MAX = 1.5;

    static RoundRow of(String mode, List<RoundSample> samples) {
        return new RoundRow(
                mode,
                samples.size(),
                median(samples, RoundSample::firstMs),
                median(samples, RoundSample::passMs),
                median(samples, RoundSample::besideMs));
    }

    /** Whether they add no more than they are to. */
    public boolean isMet() {
        return besideMs <= BESIDE_MS_MAX;
    }

    /** Of an even number, the mean of the two in the middle. */
    private static double median(List<RoundSample> samples, ToDoubleFunction<RoundSample> figure) {
        double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
