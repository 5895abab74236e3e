package io.wanspec.contracts.frame;

import io.wanspec.contracts.Limits;
import io.wanspec.contracts.Require;
import io.wanspec.contracts.Tokens;

/** Checks of fields that several frames have; each failure names the field and the limit. */
final class FrameFields {
    private static final int REASON_LENGTH_MAX = 1_000;

    private FrameFields() {}

    static void prefix(Tokens prefix) {
        Require.atLeastOne("prefix", prefix.size());
        Require.atMost("prefix", prefix.size(), Limits.SEQUENCE_TOKENS_MAX);
    }

    static void position(int position) {
        Require.atLeastOne("position", position);
        Require.atMost("position", position, Limits.SEQUENCE_TOKENS_MAX);
    }

    static void window(int committed, int draftUpTo) {
        Require.notNegative("draftUpTo", draftUpTo);
        Require.atMost("draftUpTo", draftUpTo, (long) committed + Limits.WINDOW_TOKENS_MAX);
    }

    static String reason(String reason) {
        return reason.length() <= REASON_LENGTH_MAX ? reason : reason.substring(0, REASON_LENGTH_MAX);
    }
}
