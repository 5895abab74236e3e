package io.wanspec.functions.link;

import io.wanspec.functions.settings.EndpointAddress;
import io.wanspec.functions.settings.ServingLimits;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeAsyncClient;
import software.amazon.awssdk.services.sagemakerruntimehttp2.SageMakerRuntimeHttp2AsyncClient;

/** One client of each kind for each place, shared by all sessions, so that a session finds warm connections. */
public final class SageMakerClients implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** A worker may have nothing to say for long; that the peer is alive is what HTTP/2 pings are for. */
    private static final Duration STREAM_READ_TIMEOUT = Duration.ofMinutes(30);

    private static final Duration IDLE_CONNECTION_KEPT = Duration.ofMinutes(10);

    /** What a session may have open at one place at once, counting links that linger after their session. */
    private static final int STREAMS_PER_SESSION = 4;

    private final AwsCredentialsProvider credentials;
    private final int streamsMax;
    private final Map<Place, SageMakerRuntimeAsyncClient> unary = new ConcurrentHashMap<>();
    private final Map<Place, SageMakerRuntimeHttp2AsyncClient> duplex = new ConcurrentHashMap<>();

    private record Place(String region, @Nullable URI override) {
        static Place of(EndpointAddress endpoint) {
            return new Place(endpoint.region(), endpoint.override());
        }
    }

    public SageMakerClients(AwsCredentialsProvider credentials, ServingLimits limits) {
        this.credentials = credentials;
        this.streamsMax = limits.sessionsMax() * STREAMS_PER_SESSION;
    }

    /** For requests with one answer and for response streams. */
    public SageMakerRuntimeAsyncClient unary(EndpointAddress endpoint) {
        return unary.computeIfAbsent(Place.of(endpoint), this::newUnary);
    }

    /** For duplex streams, which all share few connections. */
    public SageMakerRuntimeHttp2AsyncClient duplex(EndpointAddress endpoint) {
        return duplex.computeIfAbsent(Place.of(endpoint), this::newDuplex);
    }

    @Override
    public void close() {
        duplex.values().forEach(SageMakerRuntimeHttp2AsyncClient::close);
        unary.values().forEach(SageMakerRuntimeAsyncClient::close);
    }

    private SageMakerRuntimeAsyncClient newUnary(Place place) {
        return SageMakerRuntimeAsyncClient.builder()
                .region(Region.of(place.region()))
                .endpointOverride(place.override())
                .credentialsProvider(credentials)
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .httpClientBuilder(http(Duration.ofSeconds(70)))
                .build();
    }

    private SageMakerRuntimeHttp2AsyncClient newDuplex(Place place) {
        return SageMakerRuntimeHttp2AsyncClient.builder()
                .region(Region.of(place.region()))
                .endpointOverride(place.override())
                .credentialsProvider(credentials)
                // The SDK would retry a broken stream without what was already sent.
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .httpClientBuilder(http(STREAM_READ_TIMEOUT).protocol(Protocol.HTTP2))
                .build();
    }

    private NettyNioAsyncHttpClient.Builder http(Duration readTimeout) {
        return NettyNioAsyncHttpClient.builder()
                .maxConcurrency(streamsMax)
                .maxPendingConnectionAcquires(streamsMax)
                .connectionTimeout(CONNECT_TIMEOUT)
                .connectionMaxIdleTime(IDLE_CONNECTION_KEPT)
                .readTimeout(readTimeout)
                .tcpKeepAlive(true);
    }
}
