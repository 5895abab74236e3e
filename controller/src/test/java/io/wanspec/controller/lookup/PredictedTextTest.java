package io.wanspec.controller.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Tokens;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PredictedTextTest {
    private static final Tokens PROMPT = Tokens.of(1, 2, 3);

    @Test
    void goesOnAsPredicted() {
        PredictedText text = text(Tokens.of(10, 11, 12, 13));
        assertThat(text.continuation(Tokens.none(), 2)).isEqualTo(Tokens.of(10, 11));
        assertThat(text.continuation(Tokens.of(10), 9)).isEqualTo(Tokens.of(11, 12, 13));
        text.onCommitted(Tokens.of(10, 11));
        assertThat(text.continuation(Tokens.of(12), 9)).isEqualTo(Tokens.of(13));
        assertThat(text.continuation(Tokens.of(9), 9)).isEqualTo(Tokens.none());
    }

    /** A word was changed: behind it the text is as predicted. */
    @Test
    void comesBackToThePrediction() {
        PredictedText text = text(Tokens.of(10, 11, 12, 13, 14));
        text.onCommitted(Tokens.of(10, 99));
        assertThat(text.continuation(Tokens.none(), 2)).isEqualTo(Tokens.none());
        text.onCommitted(Tokens.of(12, 13));
        assertThat(text.continuation(Tokens.none(), 1)).isEqualTo(Tokens.of(14));
    }

    /** What is looked up elsewhere is none of it. */
    @Test
    void saysHowMuchOfAContinuationWasPredicted() {
        PredictedText text = new PredictedText(Tokens.of(10, 11, 12, 13), 3);
        text.onCommitted(Tokens.of(1, 2, 3));
        assertThat(text.predicted(Tokens.none(), 3)).isEqualTo(3);
        assertThat(text.predicted(Tokens.of(10, 11, 12), 3)).isEqualTo(1);

        text.onCommitted(Tokens.of(1, 2));
        assertThat(text.continuation(Tokens.none(), 2)).isEqualTo(Tokens.of(3, 10));
        assertThat(text.predicted(Tokens.none(), 2)).as("of the prompt").isZero();
        assertThat(text.predicted(Tokens.of(99, 98), 2)).as("of nothing").isZero();

        text.onCommitted(Tokens.of(11, 12));
        assertThat(text.continuation(Tokens.none(), 4)).isEqualTo(Tokens.of(13, 1, 2, 11));
        assertThat(text.predicted(Tokens.none(), 4)).as("then the text itself").isEqualTo(1);
    }

    @SeededTest
    void neverMoreThanAskedForAndAllOfARightOne(Random random) {
        Tokens prediction = Tokens.of(Gen.ints(random, 1, 40, () -> random.nextInt(5)));
        PredictedText text = text(prediction);
        int at = 0;
        while (at < prediction.size()) {
            int most = 1 + random.nextInt(6);
            Tokens path = prediction.slice(at, Math.min(prediction.size(), at + random.nextInt(4)));
            Tokens next = text.continuation(path, most);
            assertThat(next.size()).isLessThanOrEqualTo(most);
            int from = at + path.size();
            if (from < prediction.size()) {
                assertThat(next).isEqualTo(prediction.slice(from, Math.min(prediction.size(), from + most)));
            }
            int to = Math.min(prediction.size(), at + 1 + random.nextInt(3));
            text.onCommitted(prediction.slice(at, to));
            at = to;
        }
    }

    private static PredictedText text(Tokens prediction) {
        PredictedText text = new PredictedText(prediction, PROMPT.size());
        text.onCommitted(PROMPT);
        return text;
    }
}
