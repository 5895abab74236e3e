package io.wanspec.functions.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ByteProcessor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.wanspec.contracts.http.ConnectionLimits;
import io.wanspec.contracts.http.EdgeError;
import io.wanspec.contracts.http.RequestClock;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Stands right behind the codec of one connection. Tells whoever comes next ({@link EdgeError} as a message) of a request that is
 * not whole in time, and closes silent connections.
 */
final class SlowRequests extends ChannelDuplexHandler {
    private static final int FINAL_STATUS_MIN = 200;

    private final RequestClock clock;
    private boolean answering;
    private Future<?> check = ImmediateEventExecutor.INSTANCE.newSucceededFuture(null);
    private long checkAt;

    private SlowRequests(RequestClock clock) {
        this.clock = clock;
    }

    /** @param codec the name of the codec's handler */
    static void addTo(ChannelPipeline pipeline, String codec, ConnectionLimits limits) {
        var clock = new RequestClock(limits, System.nanoTime());
        pipeline.addBefore(codec, "request-bytes", new RequestBytes(clock))
                .addAfter(codec, "slow-requests", new SlowRequests(clock));
    }

    /** Before the codec, which says nothing of half a head. */
    private static final class RequestBytes extends ChannelInboundHandlerAdapter {
        private final RequestClock clock;

        RequestBytes(RequestClock clock) {
            this.clock = clock;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
            if (message instanceof ByteBuf bytes) {
                boolean lineEnds = bytes.forEachByte(ByteProcessor.FIND_NON_CRLF) < 0;
                clock.bytes(bytes.readableBytes(), lineEnds, System.nanoTime());
            }
            super.channelRead(ctx, message);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        check(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (message instanceof HttpRequest) {
            clock.headersCame(System.nanoTime());
        }
        if (message instanceof LastHttpContent) {
            clock.bodyCame(System.nanoTime());
        }
        super.channelRead(ctx, message);
        check(ctx);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        super.channelReadComplete(ctx);
        check(ctx);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        check.cancel(false);
        super.channelInactive(ctx);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws Exception {
        boolean interim =
                message instanceof HttpResponse response && response.status().code() < FINAL_STATUS_MIN;
        answering |= message instanceof HttpResponse && !interim;
        if (message instanceof LastHttpContent && !interim) {
            answering = false;
            clock.answered(System.nanoTime());
        }
        super.write(ctx, message, promise);
        check(ctx);
    }

    /** Looks again when the deadline is, if there is one; it may have moved on by then. */
    private void check(ChannelHandlerContext ctx) {
        OptionalLong deadline = clock.deadline();
        if (deadline.isEmpty()
                || isChecked(deadline.getAsLong())
                || !ctx.channel().isOpen()) {
            return;
        }
        checkAt = deadline.getAsLong();
        long left = Math.max(0, checkAt - System.nanoTime());
        check.cancel(false);
        check = ctx.executor().schedule(() -> checked(ctx), left, TimeUnit.NANOSECONDS);
    }

    private boolean isChecked(long deadline) {
        return !check.isDone() && checkAt - deadline <= 0;
    }

    private void checked(ChannelHandlerContext ctx) {
        OptionalLong deadline = clock.deadline();
        if (deadline.isEmpty()) {
            return;
        }
        if (deadline.getAsLong() - System.nanoTime() > 0) {
            ctx.executor().execute(() -> check(ctx));
        } else if (clock.hasBegun() && !answering) {
            ctx.fireChannelRead(EdgeError.tooSlow());
        } else {
            var _ = ctx.close();
        }
    }
}
