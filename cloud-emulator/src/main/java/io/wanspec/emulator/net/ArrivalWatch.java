package io.wanspec.emulator.net;

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

/** Stands behind the codec of one connection, and refuses a request that is not whole in time. Silent connections are closed. */
final class ArrivalWatch extends ChannelDuplexHandler {
    private static final int FINAL_STATUS_MIN = 200;

    private final RequestClock clock;
    private Future<?> check = ImmediateEventExecutor.INSTANCE.newSucceededFuture(null);
    private long checkAt;

    private ArrivalWatch(RequestClock clock) {
        this.clock = clock;
    }

    /** Adds it to a pipeline that has the codec as its only handler. */
    static void addTo(ChannelPipeline pipeline, ConnectionLimits limits) {
        var clock = new RequestClock(limits, System.nanoTime());
        pipeline.addFirst(new ArrivedBytes(clock)).addLast(new ArrivalWatch(clock));
    }

    /** Before the codec, which says nothing of half a head. */
    private static final class ArrivedBytes extends ChannelInboundHandlerAdapter {
        private final RequestClock clock;

        ArrivedBytes(RequestClock clock) {
            this.clock = clock;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            boolean lineEnds = bytes.forEachByte(ByteProcessor.FIND_NON_CRLF) < 0;
            clock.bytes(bytes.readableBytes(), lineEnds, System.nanoTime());
            ctx.fireChannelRead(message);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        check(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest) {
            clock.headersCame(System.nanoTime());
        }
        if (message instanceof LastHttpContent) {
            clock.bodyCame(System.nanoTime());
        }
        ctx.fireChannelRead(message);
        check(ctx);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.fireChannelReadComplete();
        check(ctx);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        check.cancel(false);
        ctx.fireChannelInactive();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        boolean interim =
                message instanceof HttpResponse response && response.status().code() < FINAL_STATUS_MIN;
        if (message instanceof LastHttpContent && !interim) {
            clock.answered(System.nanoTime());
        }
        var _ = ctx.write(message, promise);
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
        } else if (clock.hasBegun()) {
            ctx.fireChannelRead(new BodyCollector.Refused(EdgeError.tooSlow(), null, true));
        } else {
            Sends.close(ctx.channel());
        }
    }
}
