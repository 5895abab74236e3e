package io.wanspec.emulator.sagemaker;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Decides by the first bytes of a connection whether it speaks HTTP/2 with prior knowledge (RFC 9113, section 3.4) or HTTP/1.1. */
final class ProtocolSniffer extends ByteToMessageDecoder {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Consumer<ChannelPipeline> http1;
    private final Consumer<ChannelPipeline> http2;

    ProtocolSniffer(Consumer<ChannelPipeline> http1, Consumer<ChannelPipeline> http2) {
        this.http1 = http1;
        this.http2 = http2;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        int looked = Math.min(in.readableBytes(), PREFACE.length);
        for (int i = 0; i < looked; i++) {
            if (in.getByte(in.readerIndex() + i) != PREFACE[i]) {
                become(ctx, http1);
                return;
            }
        }
        if (looked == PREFACE.length) {
            become(ctx, http2);
        }
    }

    /** Removing this handler passes on the bytes that it has. */
    private void become(ChannelHandlerContext ctx, Consumer<ChannelPipeline> protocol) {
        protocol.accept(ctx.pipeline());
        ctx.pipeline().remove(this);
    }
}
