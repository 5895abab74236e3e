package io.wanspec.contracts.frame;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.Logprobs;
import io.wanspec.contracts.PassLoad;
import io.wanspec.contracts.SamplingRules;
import io.wanspec.contracts.grammar.Grammar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Frames to bytes (UTF-8 JSON, one object a frame) and back. Unknown fields are ignored and an unknown refusal code is read as
 * unknown, because the peer may be newer; everything else that does not fit is a {@link FrameException}.
 */
public final class FrameCodec {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Limits.FRAME_NESTING_MAX)
                            .maxStringLength(Limits.FRAME_STRING_LENGTH_MAX)
                            .maxNumberLength(32)
                            .maxDocumentLength(Limits.FRAME_BYTES_MAX)
                            .build())
                    .build())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            // A field must be there and not null, but for the caller, the load, sampling rules, their grammar and
            // log-probabilities.
            .defaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.FAIL))
            .withConfigOverride(
                    CallerId.class, caller -> caller.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.SET)))
            .withConfigOverride(
                    SamplingRules.class, rules -> rules.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.SET)))
            .withConfigOverride(
                    Grammar.class, grammar -> grammar.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.SET)))
            .withConfigOverride(
                    Logprobs.class, logprobs -> logprobs.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.SET)))
            .withConfigOverride(
                    Integer.class, number -> number.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.SET)))
            .withConfigOverride(PassLoad.class, load -> load.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.SET)))
            .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private FrameCodec() {}

    public static byte[] encode(DraftFrame frame) {
        return write(DraftFrame.class, frame);
    }

    public static byte[] encode(TargetFrame frame) {
        return write(TargetFrame.class, frame);
    }

    /** @throws FrameException if the bytes are no valid draft frame */
    public static DraftFrame decodeDraft(byte[] bytes) {
        return read(DraftFrame.class, bytes);
    }

    /** @throws FrameException if the bytes are no valid target frame */
    public static TargetFrame decodeTarget(byte[] bytes) {
        return read(TargetFrame.class, bytes);
    }

    /** Rules as frames have them. */
    public static String encode(SamplingRules rules) {
        try {
            return MAPPER.writeValueAsString(rules);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("rules could not be written", e);
        }
    }

    /** @throws FrameException if the text is no rules */
    public static SamplingRules decodeRules(String json) {
        return read(SamplingRules.class, json.getBytes(StandardCharsets.UTF_8));
    }

    /** Log-probabilities as frames have them. */
    public static byte[] encode(Logprobs logprobs) {
        return write(Logprobs.class, logprobs);
    }

    /** @throws FrameException if the bytes are no log-probabilities */
    public static Logprobs decodeLogprobs(byte[] bytes) {
        return read(Logprobs.class, bytes);
    }

    private static <T> byte[] write(Class<T> type, T frame) {
        try {
            byte[] bytes = MAPPER.writerFor(type).writeValueAsBytes(frame);
            if (bytes.length > Limits.FRAME_BYTES_MAX) {
                throw FrameException.tooLarge(bytes.length);
            }
            return bytes;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a frame could not be written: " + type.getSimpleName(), e);
        }
    }

    private static <T> T read(Class<T> type, byte[] bytes) {
        if (bytes.length > Limits.FRAME_BYTES_MAX) {
            throw FrameException.tooLarge(bytes.length);
        }
        try {
            T frame = MAPPER.readValue(bytes, type);
            if (frame == null) {
                throw FrameException.malformed("null", null);
            }
            return frame;
        } catch (IOException e) {
            throw FrameException.malformed(e instanceof JsonProcessingException j ? j.getOriginalMessage() : "", e);
        }
    }
}
