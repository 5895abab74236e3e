package io.wanspec.functions.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.functions.Stage;
import io.wanspec.functions.flow.BoundedPublisher;
import io.wanspec.functions.settings.EndpointAccess;
import io.wanspec.functions.settings.EndpointAddress;
import io.wanspec.functions.settings.LinkTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sagemakerruntimehttp2.model.InvokeEndpointWithBidirectionalStreamRequest;
import software.amazon.awssdk.services.sagemakerruntimehttp2.model.InvokeEndpointWithBidirectionalStreamResponseHandler;
import software.amazon.awssdk.services.sagemakerruntimehttp2.model.RequestStreamEvent;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerAsyncClient;

/** A link to a site shows its secret too. */
@Timeout(60)
final class SecretStreamTest {
    private final BlockingQueue<Http2Headers> heads = new LinkedBlockingQueue<>();
    private final EventLoopGroup threads = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private Channel site;

    @BeforeEach
    void open() {
        site = new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection
                                .pipeline()
                                .addLast(
                                        Http2FrameCodecBuilder.forServer().build(),
                                        new Http2MultiplexHandler(new ChannelInitializer<>() {
                                            @Override
                                            protected void initChannel(Channel stream) {
                                                stream.pipeline().addLast(new Refusing());
                                            }
                                        }));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    /** Remembers how a stream begins, and wants no more of it. */
    private final class Refusing extends SimpleChannelInboundHandler<Http2HeadersFrame> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, Http2HeadersFrame head) {
            heads.add(head.headers());
            var _ = context.writeAndFlush(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status("403"), true));
        }
    }

    @AfterEach
    void close() {
        site.close().syncUninterruptibly();
        var _ = threads.shutdownGracefully(0, 5, TimeUnit.SECONDS);
    }

    @Test
    void aStreamIsSignedAndShowsTheSecretBesideIt() throws InterruptedException {
        var nothing = new BoundedPublisher<RequestStreamEvent>(1, () -> {});
        nothing.complete();
        try (var clients = new SageMakerClients(
                new PlaceAccess(Stage.CREDENTIALS, SharedAwsEmulator.endpoint()), 1, Duration.ofSeconds(5))) {
            var _ = clients.duplex(address())
                    .invokeEndpointWithBidirectionalStream(
                            InvokeEndpointWithBidirectionalStreamRequest.builder()
                                    .endpointName("draft")
                                    .build(),
                            nothing,
                            InvokeEndpointWithBidirectionalStreamResponseHandler.builder()
                                    .subscriber(InvokeEndpointWithBidirectionalStreamResponseHandler.Visitor.builder()
                                            .build())
                                    .build());
            Http2Headers head = heads.take();
            assertThat(head.get(SecretScheme.HEADER)).hasToString("site's own");
            assertThat(head.get("authorization").toString())
                    .contains("AWS4-HMAC-SHA256")
                    .doesNotContain(SecretScheme.HEADER);
        }
    }

    private EndpointAddress address() {
        int port = ((InetSocketAddress) site.localAddress()).getPort();
        return new EndpointAddress(
                "eu-west-1",
                "draft",
                URI.create("http://127.0.0.1:" + port),
                LinkTransport.AUTO,
                new EndpointAccess.Secret(made()));
    }

    private static String made() {
        try (var secrets = SecretsManagerAsyncClient.builder()
                .endpointOverride(SharedAwsEmulator.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(Stage.CREDENTIALS)
                .build()) {
            return secrets.createSecret(make ->
                            make.name(SharedAwsEmulator.freshName("site")).secretString("site's own"))
                    .join()
                    .arn();
        }
    }
}
