package io.wanspec.contracts.relay;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.contracts.Limits;
import java.io.IOException;
import java.util.Optional;

/** Frames of the relay to UTF-8 JSON and back. Unknown fields are ignored: the peer may be newer. */
public final class RelayCodec {
    /** Longer than any is: whoever has shown no ticket is read no more of. */
    public static final int BYTES_MAX = 16 * 1024;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Limits.FRAME_NESTING_MAX)
                            .maxDocumentLength(BYTES_MAX)
                            .build())
                    .build())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .defaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.FAIL))
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private RelayCodec() {}

    public static byte[] encode(RelayFrame frame) {
        try {
            return MAPPER.writerFor(RelayFrame.class).writeValueAsBytes(frame);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a frame could not be written: " + frame.getClass(), e);
        }
    }

    /** Absent if the bytes are none of these frames. */
    public static Optional<RelayFrame> decode(byte[] json) {
        if (json.length > BYTES_MAX) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(MAPPER.readValue(json, RelayFrame.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
