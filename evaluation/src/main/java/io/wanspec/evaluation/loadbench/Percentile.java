package io.wanspec.evaluation.loadbench;

import java.util.List;
import java.util.OptionalDouble;

/** By nearest rank: the least sample that so many of all are at most as large as. */
public final class Percentile {
    private Percentile() {}

    /** @param percent above 0, up to 100 */
    public static OptionalDouble of(List<Double> samples, int percent) {
        if (samples.isEmpty()) {
            return OptionalDouble.empty();
        }
        int rank = Math.ceilDiv(samples.size() * percent, 100);
        return OptionalDouble.of(samples.stream().sorted().toList().get(rank - 1));
    }
}
