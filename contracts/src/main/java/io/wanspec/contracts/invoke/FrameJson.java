package io.wanspec.contracts.invoke;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/**
 * A frame of a draft or target link as it travels in a body: what it says is for {@link io.wanspec.contracts.frame.FrameCodec}.
 *
 * @param json one object
 */
public record FrameJson(@JsonValue @JsonRawValue String json) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static FrameJson of(JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException("a frame is an object");
        }
        return new FrameJson(node.toString());
    }

    /** @param frame as the codec wrote it */
    public static FrameJson of(byte[] frame) {
        return new FrameJson(new String(frame, StandardCharsets.UTF_8));
    }

    /** For the codec to read. */
    public byte[] bytes() {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
