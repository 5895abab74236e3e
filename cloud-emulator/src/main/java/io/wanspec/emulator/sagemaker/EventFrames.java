package io.wanspec.emulator.sagemaker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** Events of {@code application/vnd.amazon.eventstream} that go to the client. */
final class EventFrames {
    static final String CONTENT_TYPE = "application/vnd.amazon.eventstream";

    private EventFrames() {}

    /** A PayloadPart of InvokeEndpointWithResponseStream. */
    static ByteBuf payloadPart(byte[] bytes) {
        return event(headers("event", ":event-type", "PayloadPart", "application/octet-stream"), bytes);
    }

    /** A PayloadPart of the bidirectional stream, which also says how its WebSocket frame was. */
    static ByteBuf payloadPart(byte[] bytes, boolean text, boolean complete) {
        Map<String, HeaderValue> headers = headers("event", ":event-type", "PayloadPart", "application/octet-stream");
        headers.put("DataType", HeaderValue.fromString(text ? "UTF8" : "BINARY"));
        headers.put("CompletionState", HeaderValue.fromString(complete ? "COMPLETE" : "PARTIAL"));
        return event(headers, bytes);
    }

    static ByteBuf exception(StreamError error) {
        return event(headers("exception", ":exception-type", error.type(), "application/json"), error.body());
    }

    private static Map<String, HeaderValue> headers(
            String messageType, String typeHeader, String type, String contentType) {
        Map<String, HeaderValue> headers = new LinkedHashMap<>();
        headers.put(":message-type", HeaderValue.fromString(messageType));
        headers.put(typeHeader, HeaderValue.fromString(type));
        headers.put(":content-type", HeaderValue.fromString(contentType));
        return headers;
    }

    private static ByteBuf event(Map<String, HeaderValue> headers, byte[] payload) {
        return Unpooled.wrappedBuffer(new Message(headers, payload).toByteBuffer());
    }
}
