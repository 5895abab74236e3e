package io.wanspec.testing;

import java.util.Random;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Inputs out of a {@link Random}. Errors live at the edges, so a quarter of all draws is one: an end of the range or its
 * neighbour, zero, one. Of the others, half are even over the range and half are small.
 */
public final class Gen {
    private static final int EDGE_ONE_IN = 4;
    private static final String SPECIAL = "\0 \t\n\r\"\\<|>{}%'/é\u0301ß\u200d\ufeff\ufffd\uffff";

    private Gen() {}

    /** An int from {@code low} to {@code high}, both included. */
    public static int between(Random random, int low, int high) {
        return (int) between(random, (long) low, (long) high);
    }

    /** A long from {@code low} to {@code high}, both included. */
    public static long between(Random random, long low, long high) {
        if (random.nextInt(EDGE_ONE_IN) == 0) {
            long[] edges = {low, high, low == high ? low : low + 1, low == high ? high : high - 1, -1, 0, 1};
            return clamp(edges[random.nextInt(edges.length)], low, high);
        }
        return random.nextBoolean() ? even(random, low, high) : small(random, low, high);
    }

    /** Any int at all. */
    public static int anyInt(Random random) {
        return between(random, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** Any long at all. */
    public static long anyLong(Random random) {
        return between(random, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** A double from {@code low} to {@code high}, both included. */
    public static double between(Random random, double low, double high) {
        if (random.nextInt(EDGE_ONE_IN) == 0) {
            double little = 1e-9 * (high - low);
            double[] edges = {low, high, low + little, high - little, -1, 0, 1, 0.01};
            return Math.clamp(edges[random.nextInt(edges.length)], low, high);
        }
        double fraction = random.nextDouble();
        double taken = random.nextBoolean() ? fraction : fraction * fraction * fraction;
        return Math.clamp(low + taken * (high - low), low, high);
    }

    /** As many ints of {@code each} as {@code low} to {@code high}, so often none if that is allowed. */
    public static int[] ints(Random random, int low, int high, IntSupplier each) {
        return IntStream.generate(each).limit(between(random, low, high)).toArray();
    }

    /** As many of {@code each} as {@code low} to {@code high}, so often none if that is allowed. */
    public static <T> Stream<T> several(Random random, int low, int high, Supplier<T> each) {
        return Stream.generate(each).limit(between(random, low, high));
    }

    /** Text of the given characters. */
    public static String text(Random random, String characters, int low, int high) {
        StringBuilder text = new StringBuilder();
        int length = between(random, low, high);
        while (text.length() < length) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }

    /**
     * Up to {@code high} chars of anything that a string can hold: letters, controls, all planes of Unicode, half a
     * surrogate pair.
     */
    public static String anyText(Random random, int high) {
        StringBuilder text = new StringBuilder();
        int length = between(random, 0, high);
        while (text.length() < length) {
            switch (random.nextInt(5)) {
                case 0 -> text.append((char) (' ' + random.nextInt('~' - ' ' + 1)));
                case 1 -> text.append(SPECIAL.charAt(random.nextInt(SPECIAL.length())));
                case 2 -> text.append((char) random.nextInt(Character.MAX_VALUE + 1));
                case 3 -> text.append((char) between(random, Character.MIN_SURROGATE, Character.MAX_SURROGATE));
                default -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
            }
        }
        text.setLength(length);
        return text.toString();
    }

    private static long even(Random random, long low, long high) {
        return high == Long.MAX_VALUE
                ? low == Long.MIN_VALUE ? random.nextLong() : random.nextLong(low - 1, high) + 1
                : random.nextLong(low, high + 1);
    }

    /** Near zero if the range has it, otherwise near the end that is next to zero; as many bits as it takes. */
    private static long small(Random random, long low, long high) {
        long start = clamp(0, low, high);
        int bits = Long.SIZE - Long.numberOfLeadingZeros(high - low);
        long distance = random.nextLong() & ((1L << random.nextInt(bits + 1)) - 1);
        long value = random.nextBoolean() ? start + distance : start - distance;
        return value < low || value > high ? even(random, low, high) : value;
    }

    private static long clamp(long value, long low, long high) {
        return Math.max(low, Math.min(high, value));
    }
}
