package io.wanspec.contracts;

/** Checks of numbers that enter the system, for compact constructors; each failure names the field and the limit. */
public final class Require {
    private Require() {}

    public static void notNegative(String field, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(field + " must not be negative, was " + value);
        }
    }

    public static void atLeastOne(String field, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(field + " must be at least 1, was " + value);
        }
    }

    public static void atMost(String field, long value, long limit) {
        if (value > limit) {
            throw new IllegalArgumentException(field + " must be at most " + limit + ", was " + value);
        }
    }

    public static void within(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(field + " must be between " + least + " and " + most + ", was " + value);
        }
    }

    /** The same for an entry of a list. */
    public static void within(String list, int index, int value, int least, int most) {
        // Lists are long: the field's name is put together only for the message.
        if (value < least || value > most) {
            within(list + "[" + index + "]", value, least, most);
        }
    }

    /** Two lists that belong together have as many entries. */
    public static void sameSize(String field, int size, String other, int expected) {
        if (size != expected) {
            throw new IllegalArgumentException(
                    field + " must have as many entries as " + other + " (" + expected + "), has " + size);
        }
    }
}
