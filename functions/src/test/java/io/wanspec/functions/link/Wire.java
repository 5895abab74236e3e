package io.wanspec.functions.link;

import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.invoke.InvokeCodec;
import io.wanspec.contracts.invoke.Reply;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** What a SageMaker runtime writes, in bytes. */
final class Wire {
    private Wire() {}

    static byte[] head(Reply reply) {
        byte[] body = InvokeCodec.encode(reply);
        return ScriptedServer.bytes(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + body.length + "\r\n\r\n");
    }

    static byte[] whole(Reply reply) {
        return join(head(reply), InvokeCodec.encode(reply));
    }

    static byte[] error(int status, String type, String message) {
        String body = "{\"Message\":\"" + message + "\"}";
        return ScriptedServer.bytes(
                "HTTP/1.1 " + status + " Error\r\ncontent-type: application/json\r\nx-amzn-errortype: " + type
                        + "\r\ncontent-length: " + body.length() + "\r\n\r\n" + body);
    }

    static byte[] streamHead() {
        return ScriptedServer.bytes(String.join(
                "\r\n",
                "HTTP/1.1 200 OK",
                "content-type: application/vnd.amazon.eventstream",
                "transfer-encoding: chunked",
                "",
                ""));
    }

    /** One generated token in an event of its own. */
    static byte[] token(int token) {
        Reply line = new Reply.Generated(Tokens.of(token), List.of(" w" + token), false, 1);
        String json = new String(InvokeCodec.encode(line), StandardCharsets.UTF_8);
        Map<String, HeaderValue> headers = new LinkedHashMap<>();
        headers.put(":message-type", HeaderValue.fromString("event"));
        headers.put(":event-type", HeaderValue.fromString("PayloadPart"));
        headers.put(":content-type", HeaderValue.fromString("application/octet-stream"));
        byte[] event = new Message(headers, ScriptedServer.bytes(json + "\n"))
                .toByteBuffer()
                .array();
        return join(
                ScriptedServer.bytes(Integer.toHexString(event.length) + "\r\n"), event, ScriptedServer.bytes("\r\n"));
    }

    static byte[] streamEnd() {
        return ScriptedServer.bytes("0\r\n\r\n");
    }

    static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
