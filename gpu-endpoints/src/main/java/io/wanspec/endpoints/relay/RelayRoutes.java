package io.wanspec.endpoints.relay;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
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
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.InvokeCodec;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.contracts.invoke.ReplyCode;
import io.wanspec.contracts.invoke.Seats;
import io.wanspec.contracts.relay.TicketSeal;
import io.wanspec.endpoints.server.HttpReplies;
import io.wanspec.endpoints.server.Io;
import io.wanspec.endpoints.server.ServerListener;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes of the container contract, as far as a relay has them. */
final class RelayRoutes extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final String STREAM_PATH = "/invocations-bidirectional-stream";
    private static final int ANSWER_SECONDS = 3;
    private static final Logger LOG = LoggerFactory.getLogger(RelayRoutes.class);

    private final RelaySettings settings;
    private final TicketSeal seal;
    private final Switchboard board;
    private final Strangers strangers;

    RelayRoutes(RelaySettings settings, TicketSeal seal, Switchboard board, Strangers strangers) {
        super(false);
        this.settings = settings;
        this.seal = seal;
        this.board = board;
        this.strangers = strangers;
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

    /** @return whether the request was handed on, as the beginning of a stream */
    private boolean route(ChannelHandlerContext context, FullHttpRequest request) {
        Channel channel = context.channel();
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        String path = new QueryStringDecoder(request.uri()).path();
        if (!request.decoderResult().isSuccess()) {
            fail(
                    channel,
                    false,
                    HttpResponseStatus.BAD_REQUEST,
                    ReplyCode.BAD_REQUEST,
                    "the request is not valid HTTP");
        } else if (path.equals("/ping")) {
            HttpReplies.sendEmpty(channel, keepAlive, HttpResponseStatus.OK);
        } else if (path.equals(STREAM_PATH)) {
            upgrade(context, request);
            return true;
        } else if (path.equals("/invocations") && request.method().equals(HttpMethod.POST)) {
            invoke(channel, keepAlive, ByteBufUtil.getBytes(request.content()));
        } else {
            String routes = "the routes are /ping, POST /invocations and " + STREAM_PATH;
            fail(channel, keepAlive, HttpResponseStatus.NOT_FOUND, ReplyCode.NOT_FOUND, routes);
        }
        return false;
    }

    private void invoke(Channel channel, boolean keepAlive, byte[] body) {
        try {
            if (InvokeCodec.decodeInvocation(body) instanceof Invocation.Describe describe) {
                describe(channel, keepAlive, describe);
            } else {
                fail(
                        channel,
                        keepAlive,
                        HttpResponseStatus.BAD_REQUEST,
                        ReplyCode.BAD_REQUEST,
                        "a relay can only be asked for a description; its links are streams");
            }
        } catch (IllegalArgumentException e) {
            fail(
                    channel,
                    keepAlive,
                    HttpResponseStatus.BAD_REQUEST,
                    ReplyCode.BAD_REQUEST,
                    String.valueOf(e.getMessage()));
        }
    }

    private void describe(Channel channel, boolean keepAlive, Invocation.Describe asked) {
        String site = Objects.requireNonNullElse(asked.site(), "");
        if (!seal.isPass(Objects.requireNonNullElse(asked.pass(), ""), site, Instant.now())) {
            fail(
                    channel,
                    keepAlive,
                    HttpResponseStatus.FORBIDDEN,
                    ReplyCode.BAD_REQUEST,
                    "who asks for a description shows a function's pass for that site");
            return;
        }
        var question = new SiteQuestion(site, asked.tokenizer(), asked.protocol());
        List<Switchboard.Subject> found = board.subjects(question, Instant.now(), System.nanoTime());
        if (found.isEmpty()) {
            noWorker(channel, keepAlive);
        } else {
            describeFirst(
                    channel, keepAlive, asked, found, () -> board.seats(question, Instant.now(), System.nanoTime()));
        }
    }

    /** Answered when a worker has answered, so that the time that it takes is that of the whole way. */
    private static void describeFirst(
            Channel channel,
            boolean keepAlive,
            Invocation.Describe asked,
            List<Switchboard.Subject> found,
            Supplier<Seats> seats) {
        var answered = new AtomicBoolean();
        for (Switchboard.Subject subject : found) {
            ((WorkerSocket) subject.control()).ask(() -> {
                if (answered.compareAndSet(false, true)) {
                    HttpReplies.send(
                            channel,
                            keepAlive,
                            HttpResponseStatus.OK,
                            RelayedDescription.of(asked, subject.protocol(), subject.model(), seats.get()));
                }
            });
        }
        var _ = channel.eventLoop()
                .schedule(
                        () -> {
                            if (answered.compareAndSet(false, true)) {
                                noWorker(channel, keepAlive);
                            }
                        },
                        ANSWER_SECONDS,
                        TimeUnit.SECONDS);
    }

    /** No fault of the relay's, and so none of 5xx: SageMaker counts those, and an alarm rings. */
    private static void noWorker(Channel channel, boolean keepAlive) {
        fail(
                channel,
                keepAlive,
                HttpResponseStatus.FAILED_DEPENDENCY,
                ReplyCode.LOADING,
                "no worker of this site is there; it is used as soon as one joins");
    }

    private void upgrade(ChannelHandlerContext context, FullHttpRequest request) {
        ChannelPipeline pipeline = context.pipeline();
        var idle = new IdleStateHandler(settings.linkIdle().toMillis(), 0, 0, TimeUnit.MILLISECONDS);
        pipeline.replace(ServerListener.IDLE, ServerListener.IDLE, idle);
        pipeline.addLast(new WebSocketServerProtocolHandler(WebSocketServerProtocolConfig.newBuilder()
                .websocketPath(STREAM_PATH)
                .checkStartsWith(true)
                .maxFramePayloadLength(Limits.FRAME_BYTES_MAX)
                .build()));
        pipeline.addLast(new WebSocketFrameAggregator(Limits.FRAME_BYTES_MAX));
        pipeline.addLast(side(context.channel(), new QueryStringDecoder(request.uri())));
        context.fireChannelRead(request);
    }

    /** Who shows a function's pass is one; everybody else has to show a worker's ticket. */
    private ChannelHandler side(Channel channel, QueryStringDecoder query) {
        String site = parameter(query, "site");
        if (seal.isPass(parameter(query, "pass"), site, Instant.now())) {
            return new FunctionSocket(channel, board, site);
        }
        channel.pipeline().addFirst(new StrangerBytes());
        return new WorkerSocket(channel, board, settings, strangers);
    }

    private static String parameter(QueryStringDecoder query, String name) {
        return query.parameters().getOrDefault(name, List.of("")).getFirst();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof IdleStateEvent && context.pipeline().get(PipedSocket.class) == null) {
            Io.close(context.channel());
        } else {
            super.userEventTriggered(context, event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (context.pipeline().get(PipedSocket.class) != null) {
            context.fireExceptionCaught(cause);
        } else {
            LOG.info("closing a connection: {}", cause.getClass().getSimpleName());
            Io.close(context.channel());
        }
    }

    private static void fail(
            Channel channel, boolean keepAlive, HttpResponseStatus status, ReplyCode code, String message) {
        HttpReplies.send(channel, keepAlive, status, new Reply.Failed(code, "", message));
    }
}
