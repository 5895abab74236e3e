package io.wanspec.emulator.sagemaker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/**
 * A RequestPayloadPart of the client's. Where it does not say otherwise it is binary and complete, as documented.
 *
 * @param bytes to be released by whoever sends them on
 * @param text whether it belongs to a text message, rather than a binary one
 * @param complete whether it is the last of its message
 */
record ClientPart(ByteBuf bytes, boolean text, boolean complete) {
    /** @throws EventStreamDecoder.Malformed if it is larger than {@code bytesMax} */
    static ClientPart of(Message event, int bytesMax) throws EventStreamDecoder.Malformed {
        byte[] bytes = event.getPayload();
        if (bytes.length > bytesMax) {
            throw new EventStreamDecoder.Malformed("a part of " + bytes.length + " bytes", null);
        }
        boolean text = "UTF8".equals(string(event.getHeaders(), "DataType"));
        boolean partial = "PARTIAL".equals(string(event.getHeaders(), "CompletionState"));
        return new ClientPart(Unpooled.wrappedBuffer(bytes), text, !partial);
    }

    private static @Nullable String string(Map<String, HeaderValue> headers, String name) {
        HeaderValue value = headers.get(name);
        return value == null ? null : value.getString();
    }
}
