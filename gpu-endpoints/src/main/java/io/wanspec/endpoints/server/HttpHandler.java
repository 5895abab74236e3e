package io.wanspec.endpoints.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.contracts.invoke.ReplyCode;
import io.wanspec.endpoints.compute.Engine;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes of the container contract. */
final class HttpHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    /** No part of the contract: what passes took, for benchmarks beside the server. */
    static final String PASSES_PATH = "/passes";

    /** No part of the contract either: how the caches stand. */
    static final String CACHES_PATH = "/caches";

    static final String STREAM_PATH = "/invocations-bidirectional-stream";

    private static final Logger LOG = LoggerFactory.getLogger(HttpHandler.class);

    private final Service service;
    private final InvocationHandler invocations;

    HttpHandler(Service service) {
        super(false);
        this.service = service;
        invocations = new InvocationHandler(service);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        boolean upgrades = false;
        try {
            upgrades = route(context, request);
        } finally {
            if (!upgrades) {
                request.release();
            }
        }
    }

    /** @return whether the request was handed on, as the beginning of a duplex stream */
    private boolean route(ChannelHandlerContext context, FullHttpRequest request) {
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        if (!request.decoderResult().isSuccess()) {
            fail(
                    context,
                    false,
                    HttpResponseStatus.BAD_REQUEST,
                    ReplyCode.BAD_REQUEST,
                    "the request is not valid HTTP");
            return false;
        }
        if (invocations.isAnswering()) {
            Io.close(context.channel());
            return false;
        }
        String path = new QueryStringDecoder(request.uri()).path();
        Engine engine = service.engine();
        if (path.equals("/ping")) {
            HttpResponseStatus status = engine == null ? HttpResponseStatus.SERVICE_UNAVAILABLE : HttpResponseStatus.OK;
            HttpReplies.sendEmpty(context.channel(), keepAlive, status);
        } else if (path.equals(PASSES_PATH) && engine != null) {
            HttpReplies.sendJson(context.channel(), keepAlive, engine.counts().json());
        } else if (path.equals(CACHES_PATH) && engine != null) {
            HttpReplies.sendJson(
                    context.channel(), keepAlive, engine.sequences().report().json());
        } else if (!path.equals("/invocations") && !path.equals(STREAM_PATH)) {
            String routes = "the routes are /ping, /invocations and " + STREAM_PATH;
            fail(context, keepAlive, HttpResponseStatus.NOT_FOUND, ReplyCode.NOT_FOUND, routes);
        } else if (engine == null) {
            String reason = "the model is still loading; try again when /ping answers 200";
            fail(context, keepAlive, HttpResponseStatus.SERVICE_UNAVAILABLE, ReplyCode.LOADING, reason);
        } else if (path.equals(STREAM_PATH)) {
            Traces.log(request);
            upgrade(context, request, engine);
            return true;
        } else if (!request.method().equals(HttpMethod.POST)) {
            String reason = "/invocations takes POST";
            fail(context, keepAlive, HttpResponseStatus.METHOD_NOT_ALLOWED, ReplyCode.METHOD_NOT_ALLOWED, reason);
        } else {
            Traces.log(request);
            invocations.handle(context.channel(), keepAlive, request, engine);
        }
        return false;
    }

    private void upgrade(ChannelHandlerContext context, FullHttpRequest request, Engine engine) {
        ChannelPipeline pipeline = context.pipeline();
        ServerSettings settings = service.settings();
        IdleStateHandler idle = new IdleStateHandler(settings.linkIdle().toMillis(), 0, 0, TimeUnit.MILLISECONDS);
        pipeline.replace(ServerListener.IDLE, ServerListener.IDLE, idle);
        pipeline.addLast(new WebSocketServerProtocolHandler(WebSocketServerProtocolConfig.newBuilder()
                .websocketPath(STREAM_PATH)
                .checkStartsWith(true)
                // Twice the limit, so that a frame somewhat too large is refused in words: the decoder itself only
                // hangs up.
                .maxFramePayloadLength(2 * Limits.FRAME_BYTES_MAX)
                .build()));
        pipeline.addLast(new WebSocketFrameAggregator(Limits.FRAME_BYTES_MAX));
        pipeline.addLast(new LinkHandler<>(LinkProtocol.of(settings.role()), service, engine));
        context.fireChannelRead(request);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        boolean isStream = context.pipeline().get(LinkHandler.class) != null;
        if (event instanceof IdleStateEvent && !isStream) {
            if (!invocations.isAnswering()) {
                Io.close(context.channel());
            }
        } else {
            super.userEventTriggered(context, event);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            invocations.wake();
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        invocations.cancel();
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (context.pipeline().get(LinkHandler.class) != null) {
            context.fireExceptionCaught(cause);
        } else {
            LOG.info("closing a connection: {}", cause.toString());
            Io.close(context.channel());
        }
    }

    private static void fail(
            ChannelHandlerContext context,
            boolean keepAlive,
            HttpResponseStatus status,
            ReplyCode code,
            String message) {
        HttpReplies.send(context.channel(), keepAlive, status, new Reply.Failed(code, "", message));
    }
}
