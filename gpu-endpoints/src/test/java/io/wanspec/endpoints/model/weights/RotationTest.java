package io.wanspec.endpoints.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotationTest {
    private static final double ROUNDING = 1e-5;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 12, 64, 576})
    void lengthsAndAnglesStay(int width) {
        Random random = new Random(width);
        float[] two = noise(random, 2 * width);
        float[] rotated = two.clone();
        new Rotation(width).vectors(rotated);
        for (int a = 0; a < 2; a++) {
            for (int b = 0; b < 2; b++) {
                double scale = Math.sqrt(product(two, 0, 0, width) * product(two, 1, 1, width));
                assertThat(product(rotated, a, b, width))
                        .isCloseTo(product(two, a, b, width), within(ROUNDING * scale));
            }
        }
    }

    /** What makes 8 bits enough: one large coordinate becomes many small ones. */
    @ParameterizedTest
    @ValueSource(ints = {64, 576})
    void oneCoordinateIsSpreadOverAll(int width) {
        float[] spike = new float[width];
        spike[3] = 1;
        new Rotation(width).vectors(spike);
        for (float each : spike) {
            assertThat(Math.abs(each)).isLessThan((float) (1.5 / Math.sqrt(width)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 64})
    void columnsAreVectorsOfTheTransposedMatrix(int width) {
        int columns = 5;
        float[] matrices = noise(new Random(1), 2 * width * columns);
        float[] expected = matrices.clone();
        Rotation rotation = new Rotation(width);
        for (int matrix = 0; matrix < 2; matrix++) {
            for (int c = 0; c < columns; c++) {
                float[] column = new float[width];
                for (int i = 0; i < width; i++) {
                    column[i] = expected[(matrix * width + i) * columns + c];
                }
                rotation.vectors(column);
                for (int i = 0; i < width; i++) {
                    expected[(matrix * width + i) * columns + c] = column[i];
                }
            }
        }
        rotation.columns(matrices, columns);
        assertThat(matrices).isEqualTo(expected);
    }

    private static float[] noise(Random random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static double product(float[] vectors, int a, int b, int width) {
        double sum = 0;
        for (int i = 0; i < width; i++) {
            sum += (double) vectors[a * width + i] * vectors[b * width + i];
        }
        return sum;
    }
}
