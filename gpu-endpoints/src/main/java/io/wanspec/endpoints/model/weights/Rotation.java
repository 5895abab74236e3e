package io.wanspec.endpoints.model.weights;

import java.util.Arrays;
import java.util.Random;

/**
 * An orthogonal map of vectors of one width that spreads every coordinate over all others: signs, then a Hadamard transform over the
 * power of two in the width, then a cosine transform over the rest of it. Computed in a fixed order: the same bits on every machine.
 */
final class Rotation {
    private static final long SEED = 0x9E3779B97F4A7C15L;

    /** Vectors that are rotated at once, side by side, so that every loop below runs over neighbours in memory. */
    private static final int LANES = 32;

    private final int width;
    private final int inner;
    private final int outer;
    private final float[] signs;
    private final float[] cosines;

    /** {@code [width, LANES]} */
    private float[] tile;

    private float[] mixed;

    Rotation(int width) {
        this.width = width;
        inner = Integer.lowestOneBit(width);
        outer = width / inner;
        signs = signs(width, (float) (1 / Math.sqrt(inner)));
        cosines = cosines(outer);
        tile = new float[width * LANES];
        mixed = new float[width * LANES];
    }

    /** Rotates each of the vectors that lie one after the other. */
    void vectors(float[] values) {
        int count = values.length / width;
        for (int first = 0; first < count; first += LANES) {
            int lanes = Math.min(LANES, count - first);
            for (int lane = 0; lane < lanes; lane++) {
                int at = (first + lane) * width;
                for (int i = 0; i < width; i++) {
                    tile[i * LANES + lane] = values[at + i];
                }
            }
            rotate();
            for (int lane = 0; lane < lanes; lane++) {
                int at = (first + lane) * width;
                for (int i = 0; i < width; i++) {
                    values[at + i] = tile[i * LANES + lane];
                }
            }
        }
    }

    /** Rotates each column of the matrices, {@code [width, columns]}, that lie one after the other. */
    void columns(float[] values, int columns) {
        for (int matrix = 0; matrix < values.length; matrix += width * columns) {
            for (int first = 0; first < columns; first += LANES) {
                int lanes = Math.min(LANES, columns - first);
                for (int i = 0; i < width; i++) {
                    System.arraycopy(values, matrix + i * columns + first, tile, i * LANES, lanes);
                }
                rotate();
                for (int i = 0; i < width; i++) {
                    System.arraycopy(tile, i * LANES, values, matrix + i * columns + first, lanes);
                }
            }
        }
    }

    /** All lanes of the tile; those that nobody filled are rotated for nothing. */
    private void rotate() {
        for (int i = 0; i < width; i++) {
            scale(tile, i * LANES, signs[i]);
        }
        int step = 1;
        for (; 4 * step <= inner; step *= 4) {
            for (int from = 0; from < width; from += 4 * step) {
                butterflies(tile, from * LANES, step * LANES);
            }
        }
        for (int from = 0; step < inner && from < width; from += 2 * step) {
            butterfly(tile, from * LANES, step * LANES);
        }
        if (outer > 1) {
            mix();
        }
    }

    private static void scale(float[] values, int from, float factor) {
        for (int i = from; i < from + LANES; i++) {
            values[i] *= factor;
        }
    }

    /** Two steps of the transform at once, which read and write the tile half as often. */
    private static void butterflies(float[] values, int from, int step) {
        for (int i = from; i < from + step; i++) {
            float a = values[i] + values[i + step];
            float b = values[i] - values[i + step];
            float c = values[i + 2 * step] + values[i + 3 * step];
            float d = values[i + 2 * step] - values[i + 3 * step];
            values[i] = a + c;
            values[i + step] = b + d;
            values[i + 2 * step] = a - c;
            values[i + 3 * step] = b - d;
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

    private void mix() {
        int part = inner * LANES;
        Arrays.fill(mixed, 0);
        for (int to = 0; to < outer; to++) {
            int from = 0;
            for (; from + 3 <= outer; from += 3) {
                add(mixed, to * part, cosines, to * outer + from, tile, from * part, part);
            }
            for (; from < outer; from++) {
                add(mixed, to * part, cosines[to * outer + from], tile, from * part, part);
            }
        }
        float[] before = tile;
        tile = mixed;
        mixed = before;
    }

    /** Three terms after the other, in one loop. */
    private static void add(float[] sum, int at, float[] factors, int first, float[] values, int from, int count) {
        float a = factors[first];
        float b = factors[first + 1];
        float c = factors[first + 2];
        for (int i = 0; i < count; i++) {
            sum[at + i] = sum[at + i]
                    + a * values[from + i]
                    + b * values[from + count + i]
                    + c * values[from + 2 * count + i];
        }
    }

    private static void add(float[] sum, int at, float factor, float[] values, int from, int count) {
        for (int i = 0; i < count; i++) {
            sum[at + i] += factor * values[from + i];
        }
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
