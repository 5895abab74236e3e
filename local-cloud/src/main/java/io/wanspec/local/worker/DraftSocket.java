package io.wanspec.local.worker;

import io.wanspec.contracts.Limits;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One session's link to the model server of this machine. Sending never blocks: what cannot be sent ends it. */
final class DraftSocket {
    /** Frames that wait for the server. A session has few under way. */
    private static final int WAITING_MAX = 256;

    private static final String PATH = "/invocations-bidirectional-stream";

    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Consumer<byte[]> frames;
    private final Runnable ended;
    private final CompletableFuture<WebSocket> opened;
    private CompletableFuture<WebSocket> sent;

    /**
     * Dials at once; frames may be sent before it has.
     *
     * @param frames takes what the server sends
     * @param ended called once, when there is no more
     */
    DraftSocket(HttpClient client, URI server, Consumer<byte[]> frames, Runnable ended) {
        this.frames = frames;
        this.ended = ended;
        URI at = URI.create("ws://" + server.getAuthority() + PATH);
        opened = client.newWebSocketBuilder().buildAsync(at, new Listener());
        sent = opened;
        var _ = opened.whenComplete((socket, failure) -> {
            if (failure != null) {
                end();
            } else if (over.get()) {
                socket.abort();
            }
        });
    }

    synchronized void send(byte[] frame) {
        if (over.get()) {
            return;
        }
        if (waiting.incrementAndGet() > WAITING_MAX) {
            end();
            return;
        }
        String text = new String(frame, StandardCharsets.UTF_8);
        sent = sent.thenCompose(socket -> socket.sendText(text, true));
        var _ = sent.whenComplete((socket, failure) -> {
            waiting.decrementAndGet();
            if (failure != null) {
                end();
            }
        });
    }

    /** Nobody is told. */
    void close() {
        if (over.compareAndSet(false, true)) {
            abort();
        }
    }

    private void end() {
        if (over.compareAndSet(false, true)) {
            abort();
            ended.run();
        }
    }

    private void abort() {
        var _ = opened.thenAccept(WebSocket::abort);
    }

    private final class Listener implements WebSocket.Listener {
        private final ByteArrayOutputStream part = new ByteArrayOutputStream();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.writeBytes(data.toString().getBytes(StandardCharsets.UTF_8));
            if (part.size() > Limits.FRAME_BYTES_MAX) {
                end();
                return null;
            }
            if (last) {
                byte[] frame = part.toByteArray();
                part.reset();
                if (!over.get()) {
                    frames.accept(frame);
                }
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            end();
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            end();
        }
    }
}
