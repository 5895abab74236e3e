package io.wanspec.it.site;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A stream to the relay, as somebody would open it who has its address and no manners. */
final class SiteSocket implements AutoCloseable {
    private final WebSocket socket;
    private final Consumer<byte[]> frames;
    private CompletableFuture<WebSocket> sent;
    private volatile boolean closed;

    SiteSocket(HttpClient client, int port, Consumer<byte[]> frames) {
        this.frames = frames;
        URI uri = URI.create("ws://127.0.0.1:" + port + "/invocations-bidirectional-stream");
        socket = client.newWebSocketBuilder().buildAsync(uri, new Listener()).join();
        sent = CompletableFuture.completedFuture(socket);
    }

    void send(byte[] frame) {
        send(new String(frame, StandardCharsets.UTF_8));
    }

    synchronized void send(String text) {
        sent = sent.thenCompose(open -> open.sendText(text, true));
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {
        private final ByteArrayOutputStream part = new ByteArrayOutputStream();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket open, CharSequence data, boolean last) {
            part.writeBytes(data.toString().getBytes(StandardCharsets.UTF_8));
            if (last) {
                byte[] frame = part.toByteArray();
                part.reset();
                frames.accept(frame);
            }
            open.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket open, int status, String reason) {
            closed = true;
            return null;
        }

        @Override
        public void onError(WebSocket open, Throwable error) {
            closed = true;
        }
    }
}
