package io.wanspec.functions.standin;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** Messages of AWS's event streams. */
final class Events {
    private Events() {}

    static ByteBuf payloadPart(byte[] payload) {
        Map<String, HeaderValue> headers = new LinkedHashMap<>();
        headers.put(":message-type", HeaderValue.fromString("event"));
        headers.put(":event-type", HeaderValue.fromString("PayloadPart"));
        headers.put(":content-type", HeaderValue.fromString("application/octet-stream"));
        headers.put("DataType", HeaderValue.fromString("UTF8"));
        headers.put("CompletionState", HeaderValue.fromString("COMPLETE"));
        return Unpooled.wrappedBuffer(new Message(headers, payload).toByteBuffer());
    }

    static ByteBuf exception(String type, String message) {
        Map<String, HeaderValue> headers = new LinkedHashMap<>();
        headers.put(":message-type", HeaderValue.fromString("exception"));
        headers.put(":exception-type", HeaderValue.fromString(type));
        headers.put(":content-type", HeaderValue.fromString("application/json"));
        byte[] body = ("{\"Message\":\"" + message + "\"}").getBytes(StandardCharsets.UTF_8);
        return Unpooled.wrappedBuffer(new Message(headers, body).toByteBuffer());
    }
}
