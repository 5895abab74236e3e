package io.wanspec.evaluation.eval;

import java.util.Arrays;
import java.util.OptionalDouble;

/** Area under the ROC curve: how well a score tells two classes apart. */
final class Auc {
    private Auc() {}

    /**
     * The chance that a score of the first class exceeds one of the second, ties counting half (Mann and Whitney's U over the
     * number of pairs): 0.5 for a score that says nothing, 1 for one that says all.
     *
     * @return empty if a class is
     */
    static OptionalDouble of(int[] first, int[] second) {
        if (first.length == 0 || second.length == 0) {
            return OptionalDouble.empty();
        }
        int[] sorted = second.clone();
        Arrays.sort(sorted);
        // Twice the number of pairs that count, so that halves stay whole.
        long doubled = 0;
        for (int score : first) {
            doubled += below(sorted, score) + below(sorted, (long) score + 1);
        }
        return OptionalDouble.of(doubled / 2.0 / first.length / second.length);
    }

    /** How many values are less than {@code limit}. */
    private static int below(int[] sorted, long limit) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < limit) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
