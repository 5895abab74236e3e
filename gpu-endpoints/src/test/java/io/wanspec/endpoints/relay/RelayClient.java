package io.wanspec.endpoints.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A stream to a relay that says what a test has it say. */
final class RelayClient implements AutoCloseable {
    private static final String PATH = "/invocations-bidirectional-stream";

    private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final WebSocket socket;
    private CompletableFuture<WebSocket> sent;

    /** @param query with its question mark, or empty */
    RelayClient(HttpClient client, int port, String query) {
        URI uri = URI.create("ws://127.0.0.1:" + port + PATH + query);
        socket = client.newWebSocketBuilder().buildAsync(uri, new Listener()).join();
        sent = CompletableFuture.completedFuture(socket);
    }

    synchronized void send(byte[] frame) {
        String text = new String(frame, StandardCharsets.UTF_8);
        sent = sent.thenCompose(open -> open.sendText(text, true));
    }

    /** A message that is not over. */
    synchronized void sendPart(byte[] part) {
        String text = new String(part, StandardCharsets.UTF_8);
        sent = sent.thenCompose(open -> open.sendText(text, false));
    }

    /** The next frame; a minute's wait is for a busy machine. */
    byte[] next() throws InterruptedException {
        byte[] frame = received.poll(1, TimeUnit.MINUTES);
        assertThat(frame).as("a frame").isNotNull();
        return frame;
    }

    boolean isQuiet() {
        return received.isEmpty();
    }

    int waiting() {
        return received.size();
    }

    void awaitClosed() throws Exception {
        closed.get(1, TimeUnit.MINUTES);
    }

    boolean isClosed() {
        return closed.isDone();
    }

    @Override
    public void close() {
        socket.abort();
        closed.complete(null);
    }

    private final class Listener implements WebSocket.Listener {
        private final ByteArrayOutputStream part = new ByteArrayOutputStream();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket open, CharSequence data, boolean last) {
            part.writeBytes(data.toString().getBytes(StandardCharsets.UTF_8));
            if (last) {
                received.add(part.toByteArray());
                part.reset();
            }
            open.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket open, int status, String reason) {
            closed.complete(null);
            return null;
        }

        @Override
        public void onError(WebSocket open, Throwable error) {
            closed.complete(null);
        }
    }
}
