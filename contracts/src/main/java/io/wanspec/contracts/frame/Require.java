package io.wanspec.contracts.frame;

import io.wanspec.contracts.Limits;
import io.wanspec.contracts.Tokens;

/** Checks shared by the frames; each failure names the field and the limit. */
final class Require {
    private static final int REASON_LENGTH_MAX = 1_000;

    private Require() {}

    static void prefix(Tokens prefix) {
        atLeastOne("prefix", prefix.size());
        atMost("prefix", prefix.size(), Limits.SEQUENCE_TOKENS_MAX);
    }

    static void position(int position) {
        atLeastOne("position", position);
        atMost("position", position, Limits.SEQUENCE_TOKENS_MAX);
    }

    static void window(int committed, int draftUpTo) {
        notNegative("draftUpTo", draftUpTo);
        atMost("draftUpTo", draftUpTo, (long) committed + Limits.WINDOW_TOKENS_MAX);
    }

    static void notNegative(String field, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(field + " must not be negative, was " + value);
        }
    }

    static void atLeastOne(String field, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(field + " must be at least 1, was " + value);
        }
    }

    static void atMost(String field, long value, long limit) {
        if (value > limit) {
            throw new IllegalArgumentException(field + " must be at most " + limit + ", was " + value);
        }
    }

    static void within(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(field + " must be between " + least + " and " + most + ", was " + value);
        }
    }

    static void same(String field, int value, String other, int expected) {
        if (value != expected) {
            throw new IllegalArgumentException(
                    field + " must have as many entries as " + other + " (" + expected + "), has " + value);
        }
    }

    static String reason(String reason) {
        return reason.length() <= REASON_LENGTH_MAX ? reason : reason.substring(0, REASON_LENGTH_MAX);
    }
}
