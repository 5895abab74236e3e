package io.wanspec.endpoints.model.weights;

import java.util.Random;

/**
 * An orthogonal map of vectors of one width that spreads every coordinate over all others: signs, then a Hadamard transform over the
 * power of two in the width, then a cosine transform over the rest of it. Computed in a fixed order: the same bits on every machine.
 */
final class Rotation {
    private static final long SEED = 0x9E3779B97F4A7C15L;

    private final int width;
    private final int inner;
    private final int outer;
    private final float[] signs;
    private final float[] cosines;
    private final float[] scratch;

    Rotation(int width) {
        this.width = width;
        inner = Integer.lowestOneBit(width);
        outer = width / inner;
        signs = signs(width, (float) (1 / Math.sqrt(inner)));
        cosines = cosines(outer);
        scratch = new float[width];
    }

    /** Rotates each of the vectors that lie one after the other. */
    void vectors(float[] values) {
        for (int at = 0; at < values.length; at += width) {
            rotate(values, at);
        }
    }

    /** Rotates each column of the matrices, {@code [width, columns]}, that lie one after the other. */
    void columns(float[] values, int columns) {
        float[] column = new float[width];
        for (int matrix = 0; matrix < values.length; matrix += width * columns) {
            for (int c = 0; c < columns; c++) {
                for (int i = 0; i < width; i++) {
                    column[i] = values[matrix + i * columns + c];
                }
                rotate(column, 0);
                for (int i = 0; i < width; i++) {
                    values[matrix + i * columns + c] = column[i];
                }
            }
        }
    }

    private void rotate(float[] values, int at) {
        for (int i = 0; i < width; i++) {
            values[at + i] *= signs[i];
        }
        for (int step = 1; step < inner; step *= 2) {
            for (int from = at; from < at + width; from += 2 * step) {
                butterfly(values, from, step);
            }
        }
        if (outer > 1) {
            mix(values, at);
        }
    }

    private static void butterfly(float[] values, int from, int step) {
        for (int i = from; i < from + step; i++) {
            float a = values[i];
            float b = values[i + step];
            values[i] = a + b;
            values[i + step] = a - b;
        }
    }

    private void mix(float[] values, int at) {
        for (int to = 0; to < outer; to++) {
            for (int i = 0; i < inner; i++) {
                scratch[to * inner + i] = 0;
            }
            for (int from = 0; from < outer; from++) {
                float factor = cosines[to * outer + from];
                for (int i = 0; i < inner; i++) {
                    scratch[to * inner + i] += factor * values[at + from * inner + i];
                }
            }
        }
        System.arraycopy(scratch, 0, values, at, width);
    }

    private static float[] signs(int width, float size) {
        Random random = new Random(SEED);
        float[] signs = new float[width];
        for (int i = 0; i < width; i++) {
            signs[i] = random.nextBoolean() ? size : -size;
        }
        return signs;
    }

    /** The orthogonal cosine transform of type II. {@code StrictMath}: the same everywhere. */
    private static float[] cosines(int size) {
        float[] cosines = new float[size * size];
        for (int to = 0; to < size; to++) {
            double factor = Math.sqrt((to == 0 ? 1.0 : 2.0) / size);
            for (int from = 0; from < size; from++) {
                cosines[to * size + from] =
                        (float) (factor * StrictMath.cos(Math.PI * (2 * from + 1) * to / (2.0 * size)));
            }
        }
        return cosines;
    }
}
