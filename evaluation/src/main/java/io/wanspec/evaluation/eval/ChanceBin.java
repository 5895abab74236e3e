package io.wanspec.evaluation.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The tokens at which the draft gave its own choice a chance in some tenth: are such draft tokens accepted that often?
 *
 * @param tenth from 0 to 9
 * @param tokens how many there were
 * @param accepted how many of them the draft had right
 * @param expected how many it should have had right by its own account: the sum of the chances
 */
record ChanceBin(int tenth, int tokens, int accepted, double expected) {
    private static final int TENTHS = 10;
    private static final double MILLI = 1_000;

    /** All bins in rising order, the empty ones too. */
    static List<ChanceBin> of(DraftPredictions predictions) {
        int[] tokens = new int[TENTHS];
        int[] accepted = new int[TENTHS];
        double[] expected = new double[TENTHS];
        for (DraftPredictions.Text text : predictions.texts()) {
            for (int i = 0; i < text.size(); i++) {
                double chance = Math.exp(-text.surprisals().get(i) / MILLI);
                int tenth = Math.min(TENTHS - 1, (int) (chance * TENTHS));
                tokens[tenth]++;
                accepted[tenth] += text.accepted(i) ? 1 : 0;
                expected[tenth] += chance;
            }
        }
        List<ChanceBin> bins = new ArrayList<>();
        for (int i = 0; i < TENTHS; i++) {
            bins.add(new ChanceBin(i, tokens[i], accepted[i], expected[i]));
        }
        return bins;
    }

    /** Empty for an empty bin, as is {@link #chance}. */
    OptionalDouble acceptance() {
        return tokens == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) accepted / tokens);
    }

    /** What the draft expected on average. */
    OptionalDouble chance() {
        return tokens == 0 ? OptionalDouble.empty() : OptionalDouble.of(expected / tokens);
    }
}
