package io.wanspec.simulator.trace;

import io.wanspec.contracts.SamplingOptions;

/** Checks shared by the parts of a trace; each failure names the field and the limit. */
final class Require {
    private Require() {}

    static void within(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(field + " must be between " + least + " and " + most + ", was " + value);
        }
    }

    static void within(String list, int index, int value, int least, int most) {
        // Lists are long: the field's name is put together only for the message.
        if (value < least || value > most) {
            within(list + "[" + index + "]", value, least, most);
        }
    }

    static void temperature(String field, double value) {
        if (!(value >= 0 && value <= SamplingOptions.TEMPERATURE_MAX)) {
            throw new IllegalArgumentException(field + " must be between 0 and 2, was " + value);
        }
    }

    static void same(String field, int size, String other, int expected) {
        if (size != expected) {
            throw new IllegalArgumentException(
                    field + " must have as many entries as " + other + " (" + expected + "), has " + size);
        }
    }
}
