package io.wanspec.endpoints.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The JDK's WebSocket client, message by message. */
final class TestLink<F> implements AutoCloseable {
    private static final String CLOSED = "<closed>";

    private final LinkProtocol<F> protocol;
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> pongs = new LinkedBlockingQueue<>();
    private final WebSocket socket;

    TestLink(HttpClient client, int port, LinkProtocol<F> protocol) {
        this.protocol = protocol;
        URI uri = URI.create("ws://127.0.0.1:" + port + "/invocations-bidirectional-stream");
        socket = client.newWebSocketBuilder()
                .buildAsync(uri, new ServerListener())
                .join();
    }

    void send(F frame) {
        sendText(new String(protocol.encode(frame), StandardCharsets.UTF_8));
    }

    void sendText(String text) {
        socket.sendText(text, true).join();
    }

    /** As binary messages in three parts. */
    void sendFragmented(F frame) {
        byte[] bytes = protocol.encode(frame);
        int third = bytes.length / 3;
        socket.sendBinary(ByteBuffer.wrap(bytes, 0, third), false).join();
        socket.sendBinary(ByteBuffer.wrap(bytes, third, third), false).join();
        socket.sendBinary(ByteBuffer.wrap(bytes, 2 * third, bytes.length - 2 * third), true)
                .join();
    }

    void ping() throws InterruptedException {
        socket.sendPing(ByteBuffer.wrap(new byte[] {1})).join();
        assertThat(pongs.poll(60, TimeUnit.SECONDS)).isEqualTo("pong");
    }

    F receive() throws InterruptedException {
        String message = messages.poll(60, TimeUnit.SECONDS);
        assertThat(message).as("a frame").isNotNull().isNotEqualTo(CLOSED);
        return protocol.decode(String.valueOf(message).getBytes(StandardCharsets.UTF_8));
    }

    <T extends F> T receive(Class<T> type) throws InterruptedException {
        F frame = receive();
        assertThat(frame).isInstanceOf(type);
        return type.cast(frame);
    }

    /** The next frame if it comes within a moment. */
    @Nullable
    String receiveSoon() throws InterruptedException {
        return messages.poll(200, TimeUnit.MILLISECONDS);
    }

    void awaitClose() throws InterruptedException {
        assertThat(messages.poll(60, TimeUnit.SECONDS)).isEqualTo(CLOSED);
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class ServerListener implements WebSocket.Listener {
        private final StringBuilder parts = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                messages.add(parts.toString());
                parts.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
            pongs.add("pong");
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            messages.add(CLOSED);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            messages.add(CLOSED);
        }
    }
}
