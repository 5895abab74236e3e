package io.wanspec.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** An immutable sequence of ints. */
public final class Ints {
    private static final Ints NONE = new Ints(new int[0]);

    private final int[] values;

    private Ints(int[] values) {
        this.values = values;
    }

    public static Ints none() {
        return NONE;
    }

    /** A copy of {@code values}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Ints of(int... values) {
        return values.length == 0 ? NONE : new Ints(values.clone());
    }

    /** A copy of the first {@code size} of {@code values}. */
    public static Ints of(int[] values, int size) {
        return size == 0 ? NONE : new Ints(Arrays.copyOf(values, size));
    }

    /** The values from {@code from} to {@code to} (exclusive), counting up by one. */
    public static Ints range(int from, int to) {
        int[] values = new int[to - from];
        Arrays.setAll(values, i -> from + i);
        return new Ints(values);
    }

    public int size() {
        return values.length;
    }

    public boolean isEmpty() {
        return values.length == 0;
    }

    public int get(int index) {
        return values[index];
    }

    @JsonValue
    public int[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ints that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
