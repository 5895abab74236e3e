package io.wanspec.evaluation.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The tokens at which the draft's entropy lay between two bounds.
 *
 * @param fromMilliNats the least entropy, in thousandths of a nat
 * @param toMilliNats exclusive; {@link Integer#MAX_VALUE} = without bound
 * @param tokens how many there were
 * @param accepted how many of them the draft had right
 */
record EntropyBin(int fromMilliNats, int toMilliNats, int tokens, int accepted) {
    private static final int[] BOUNDS = {0, 100, 250, 500, 1_000, 1_500, 2_000, 3_000, 4_000, Integer.MAX_VALUE};

    /** All bins in rising order, the empty ones too. */
    static List<EntropyBin> of(DraftPredictions predictions) {
        int[] tokens = new int[BOUNDS.length - 1];
        int[] accepted = new int[BOUNDS.length - 1];
        for (DraftPredictions.Text text : predictions.texts()) {
            for (int i = 0; i < text.size(); i++) {
                int bin = indexOf(text.entropies().get(i));
                tokens[bin]++;
                accepted[bin] += text.accepted(i) ? 1 : 0;
            }
        }
        List<EntropyBin> bins = new ArrayList<>();
        for (int i = 0; i < tokens.length; i++) {
            bins.add(new EntropyBin(BOUNDS[i], BOUNDS[i + 1], tokens[i], accepted[i]));
        }
        return bins;
    }

    /** Empty for an empty bin. */
    OptionalDouble acceptance() {
        return tokens == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) accepted / tokens);
    }

    private static int indexOf(int milliNats) {
        int bin = 0;
        while (milliNats >= BOUNDS[bin + 1]) {
            bin++;
        }
        return bin;
    }
}
