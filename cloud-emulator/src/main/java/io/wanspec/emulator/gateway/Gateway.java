package io.wanspec.emulator.gateway;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.http.EdgeError;
import io.wanspec.emulator.net.Exchange;
import io.wanspec.emulator.net.Exchanges;
import io.wanspec.emulator.net.HttpServing;
import io.wanspec.emulator.net.Listener;
import io.wanspec.emulator.net.Loops;
import io.wanspec.emulator.net.Responder;
import io.wanspec.emulator.net.Sends;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The public face of the local cloud. Answers stream through as they come; a client that leaves cancels the function's
 * work; errors of the gateway's own have OpenAI's shape. Every answer carries {@code x-request-id} and
 * {@code x-amzn-requestid}.
 */
public final class Gateway implements AutoCloseable {
    private final GatewaySettings settings;
    private final Loops loops;
    private final Listener listener;
    private final AtomicInteger open = new AtomicInteger();
    private volatile URI functions;

    private Gateway(GatewaySettings settings) {
        this.settings = settings;
        this.functions = settings.functions();
        this.loops = new Loops("gateway", settings.threads());
        this.listener = Listener.open(loops, settings.port(), this::accept);
    }

    /** @throws IllegalStateException if the port is taken */
    public static Gateway open(GatewaySettings settings) {
        return new Gateway(settings);
    }

    /** {@code http://127.0.0.1:port}. */
    public URI uri() {
        return listener.uri();
    }

    /** Sends later requests to another server: the functions were restarted on another port. */
    public void functions(URI uri) {
        functions = uri;
    }

    /** Ends every request. */
    @Override
    public void close() {
        listener.close();
        loops.close();
    }

    private void accept(SocketChannel channel) {
        var limits = settings.connections();
        int others = open.getAndIncrement();
        channel.closeFuture().addListener((ChannelFutureListener) closed -> open.decrementAndGet());
        if (others < limits.connections()) {
            HttpServing.addTo(
                    channel.pipeline(), Limits.HTTP_HEADERS_BYTES_MAX, settings.bodyBytesMax(), limits, new Proxying());
        } else if (others < limits.connections() + limits.refusedAtOnce()) {
            HttpServing.refuse(
                    channel.pipeline(), Limits.HTTP_HEADERS_BYTES_MAX, EdgeError.tooManyConnections(), new Proxying());
        } else {
            Sends.close(channel);
        }
    }

    private final class Proxying implements Exchanges {
        @Override
        public Exchange open(FullHttpRequest request, Responder responder) {
            RequestNames names = RequestNames.of(request.headers());
            if (request.headers().getAll(HttpHeaderNames.HOST).size() > 1) {
                request.release();
                names.refuse(responder, EdgeError.repeatedHeader("Host"));
                return Exchange.ANSWERED;
            }
            if (!settings.hosts().allows(request.headers().get(HttpHeaderNames.HOST))) {
                request.release();
                names.refuse(responder, EdgeError.hostNotAllowed());
                return Exchange.ANSWERED;
            }
            return new ProxyExchange(
                    responder, functions, request, names, settings.idleTimeout().toNanos());
        }

        @Override
        public void refused(EdgeError why, @Nullable HttpRequest head, Responder responder) {
            RequestNames.of(head == null ? EmptyHttpHeaders.INSTANCE : head.headers())
                    .refuse(responder, why);
        }
    }
}
