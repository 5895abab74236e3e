package io.wanspec.functions.edge;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.wanspec.contracts.http.ConnectionLimits;
import io.wanspec.contracts.http.EdgeError;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Puts a {@link WireGuard} and {@link SlowRequests} around the HTTP codec of every connection, and counts connections. */
@Singleton
public final class WireGuards implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
    private static final String CODEC = ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC;
    private static final String GUARD = "wire-guard";

    private final ConnectionLimits limits;
    private final AtomicInteger open = new AtomicInteger();

    WireGuards(ConnectionLimits limits) {
        this.limits = limits;
    }

    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        NettyServerCustomizer.Registry registry = event.getBean();
        registry.register(new Guarding(null));
        return registry;
    }

    private void guard(Channel channel) {
        int others = open.getAndIncrement();
        channel.closeFuture().addListener((ChannelFutureListener) closed -> open.decrementAndGet());
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addAfter(CODEC, GUARD, new WireGuard());
        if (others < limits.connections()) {
            SlowRequests.addTo(pipeline, CODEC, limits);
        } else if (others < limits.connections() + limits.refusedAtOnce()) {
            channel.eventLoop().execute(() -> refuse(pipeline));
        } else {
            var _ = channel.close();
        }
    }

    /** Unless it has left meanwhile: then there is no codec any more. */
    private static void refuse(ChannelPipeline pipeline) {
        ChannelHandlerContext codec = pipeline.context(CODEC);
        if (codec != null) {
            codec.fireChannelRead(EdgeError.tooManyConnections());
        }
    }

    private final class Guarding implements NettyServerCustomizer {
        private final @Nullable Channel channel;

        Guarding(@Nullable Channel channel) {
            this.channel = channel;
        }

        @Override
        public NettyServerCustomizer specializeForChannel(Channel opened, ChannelRole role) {
            return new Guarding(opened);
        }

        @Override
        public void onStreamPipelineBuilt() {
            Channel guarded = channel;
            if (guarded != null && guarded.pipeline().get(CODEC) != null) {
                guard(guarded);
            }
        }
    }
}
