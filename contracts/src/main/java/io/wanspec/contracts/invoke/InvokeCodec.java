package io.wanspec.contracts.invoke;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.contracts.Limits;
import java.io.IOException;

/**
 * Invocations and replies to UTF-8 JSON and back. Unknown fields are ignored, and an unknown role or code is read as unknown:
 * the other side may be newer.
 */
public final class InvokeCodec {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Limits.FRAME_NESTING_MAX)
                            .maxDocumentLength(Limits.INVOCATION_BYTES_MAX)
                            .maxStringLength(Limits.INVOCATION_BYTES_MAX)
                            .build())
                    .build())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private InvokeCodec() {}

    public static byte[] encode(Invocation invocation) {
        return write(Invocation.class, invocation);
    }

    public static byte[] encode(Reply reply) {
        return write(Reply.class, reply);
    }

    /** @throws IllegalArgumentException if the bytes are no valid invocation; the message may be shown */
    public static Invocation decodeInvocation(byte[] json) {
        return read(Invocation.class, json);
    }

    /** @throws IllegalArgumentException if the bytes are no valid reply */
    public static Reply decodeReply(byte[] json) {
        return read(Reply.class, json);
    }

    private static <T> byte[] write(Class<T> type, T value) {
        try {
            return MAPPER.writerFor(type).writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T read(Class<T> type, byte[] json) {
        try {
            T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw new IllegalArgumentException("empty body");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("malformed body: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("unreadable body", e);
        }
    }
}
