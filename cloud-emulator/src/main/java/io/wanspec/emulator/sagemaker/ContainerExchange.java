package io.wanspec.emulator.sagemaker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.concurrent.ScheduledFuture;
import io.wanspec.emulator.net.Exchange;
import io.wanspec.emulator.net.HttpCall;
import io.wanspec.emulator.net.Responder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One invoke call over HTTP/1.1: forwards to the container's {@code /invocations}, keeps the deadline, and turns a
 * container's error into a ModelError. What a successful answer becomes is the subclasses' part.
 */
abstract class ContainerExchange implements Exchange, HttpCall.Listener {
    /** A container's error message is cut anyway; there is no use in holding a long one. */
    private static final int ERROR_BYTES_MAX = 64 * 1024;

    final Responder responder;
    private final Route route;
    private final Placement.At at;
    private final ByteBuf error = Unpooled.buffer();
    private final ScheduledFuture<?> deadline;
    private int errorStatus;
    private @Nullable HttpCall call;

    ContainerExchange(Route route, Placement.At at, Responder responder, Duration timeout) {
        this.route = route;
        this.at = at;
        this.responder = responder;
        this.deadline = responder.loop().schedule(this::expire, timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    final ContainerExchange start(FullHttpRequest request) {
        URI container = at.use().container();
        call = HttpCall.start(responder.loop(), container, ContainerRequests.invocation(request, container), this);
        return this;
    }

    /** A 2xx or 3xx head. */
    abstract void answer(HttpResponse response);

    /** A piece of a successful body; to be released. */
    abstract void piece(ByteBuf bytes);

    abstract void complete();

    /** The successful body ended before its end, or in no time. */
    abstract void broken(StreamError failure);

    @Override
    public final void head(HttpResponse response) {
        if (response.status().code() >= 400) {
            errorStatus = response.status().code();
        } else {
            ContainerRequests.sessions(response.headers(), at);
            answer(response);
        }
    }

    @Override
    public final void content(ByteBuf bytes) {
        if (errorStatus == 0) {
            piece(bytes);
            return;
        }
        error.writeBytes(bytes, Math.min(bytes.readableBytes(), ERROR_BYTES_MAX - error.readableBytes()));
        bytes.release();
    }

    @Override
    public final void end() {
        over();
        if (errorStatus == 0) {
            complete();
        } else {
            refuse(ApiError.model(errorStatus, error.toString(StandardCharsets.UTF_8)));
        }
    }

    @Override
    public final void failed(HttpCall.Stage stage, Throwable cause) {
        over();
        switch (stage) {
            case CONNECT -> refuse(ApiError.unavailable(route));
            case RESPONSE -> refuse(ApiError.noAnswer());
            case BODY -> {
                if (errorStatus == 0) {
                    broken(StreamError.broken("The container closed the connection in the middle of its response."));
                } else {
                    refuse(ApiError.model(errorStatus, error.toString(StandardCharsets.UTF_8)));
                }
            }
        }
    }

    @Override
    public final void cancelled() {
        over();
        stop();
    }

    @Override
    public void writable(boolean writable) {
        HttpCall running = call;
        if (running != null) {
            running.readable(writable);
        }
    }

    final void refuse(ApiError refusal) {
        Answers.error(responder, refusal);
    }

    /** Gives up the call to the container, and with it everything that would still come. */
    final void stop() {
        deadline.cancel(false);
        HttpCall running = call;
        if (running != null) {
            running.cancel();
        }
    }

    private void expire() {
        stop();
        if (responder.headSent()) {
            broken(StreamError.timeExceeded());
        } else {
            refuse(ApiError.timedOut());
        }
        over();
    }

    /** Nothing more will come. */
    void over() {
        deadline.cancel(false);
        at.use().end();
    }
}
