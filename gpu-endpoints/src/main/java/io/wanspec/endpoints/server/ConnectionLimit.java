package io.wanspec.endpoints.server;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes connections beyond a number. */
@Sharable
public final class ConnectionLimit extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionLimit.class);

    private final int socketsMax;
    private final AtomicInteger sockets = new AtomicInteger();

    public ConnectionLimit(int socketsMax) {
        this.socketsMax = socketsMax;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        if (sockets.incrementAndGet() > socketsMax) {
            LOG.warn("refusing a connection beyond {}", socketsMax);
            Io.close(context.channel());
        } else {
            super.channelActive(context);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        sockets.decrementAndGet();
        super.channelInactive(context);
    }
}
