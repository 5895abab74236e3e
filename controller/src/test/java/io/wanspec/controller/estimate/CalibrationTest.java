package io.wanspec.controller.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationTest {
    /** The draft says p where the truth is p to the power of {@code truth}. */
    @ParameterizedTest
    @ValueSource(doubles = {0.6, 1, 2.5})
    void findsHowFarTheDraftIsFromBeingHonest(double truth) {
        Random random = new Random(1);
        Calibration calibration = new Calibration(1);
        double sum = 0;
        int samples = 20_000;
        for (int i = 0; i < 2 * samples; i++) {
            double said = 0.05 + 0.9 * random.nextDouble();
            double predicted = Math.pow(said, calibration.factor());
            calibration.onFirstChoice(predicted, random.nextDouble() < Math.pow(said, truth));
            sum += i < samples ? 0 : calibration.factor();
        }
        assertThat(sum / samples).isCloseTo(truth, within(0.1 * truth));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e9})
    void staysWithinBoundsWhateverIsClaimed(double start) {
        Calibration calibration = new Calibration(start);
        for (int i = 0; i < 1_000; i++) {
            calibration.onFirstChoice(1, false);
        }
        assertThat(calibration.factor()).isBetween(0.3, 4.0);
        for (int i = 0; i < 1_000; i++) {
            calibration.onFirstChoice(0, true);
        }
        assertThat(calibration.factor()).isBetween(0.3, 4.0);
    }
}
