package io.wanspec.contracts.frame;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.Require;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.Tokens;
import org.jspecify.annotations.Nullable;

/** Checks of fields that several frames have; each failure names the field and the limit. */
final class FrameFields {
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

    /** What the version cannot say is left out. */
    static @Nullable CallerId caller(ProtocolVersion protocol, @Nullable CallerId caller) {
        return protocol.namesCallers() ? caller : null;
    }

    /** A draft that knows no rules drafts by the rest of the options: it is right less often. */
    static SamplingOptions drafted(ProtocolVersion protocol, SamplingOptions sampling) {
        return protocol.knowsRules() ? sampling : sampling.withoutRules();
    }

    /** A target that knows no rules would make another text. */
    static void targeted(ProtocolVersion protocol, SamplingOptions sampling) {
        if (sampling.rules() != null && !protocol.knowsRules()) {
            throw new IllegalArgumentException(
                    "a target of protocol " + protocol.number() + " knows no sampling rules");
        }
    }

    static void logprobs(ProtocolVersion protocol, @Nullable Integer logprobs) {
        if (logprobs != null) {
            Require.within("logprobs", logprobs, 0, Limits.LOGPROBS_MAX);
            if (!protocol.knowsRules()) {
                throw new IllegalArgumentException(
                        "a target of protocol " + protocol.number() + " gives no log-probabilities");
            }
        }
    }

    static String reason(String reason) {
        return reason.length() <= Limits.REASON_LENGTH_MAX ? reason : reason.substring(0, Limits.REASON_LENGTH_MAX);
    }
}
