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

    /** A little more than SageMaker gives a container for its answer. */
    private static final Duration UNARY_READ_TIMEOUT = Duration.ofSeconds(70);

    /** A worker may have nothing to say for long; that the peer is alive is what HTTP/2 pings are for. */
    private static final Duration STREAM_READ_TIMEOUT = Duration.ofMinutes(30);

    /**
     * Shorter than any peer keeps it, so that it is we who close an idle connection, never the peer just as a request goes
     * out. Load balancers commonly close after 60 s, SageMaker does not say, the emulator never does. Longer than the time
     * between two questions of {@link EndpointProbe}, which so keeps a connection of each kind open.
     */
    static final Duration IDLE_CONNECTION_KEPT = Duration.ofSeconds(50);

    /** What a session may have open at one place at once, counting links that linger after their session. */
    private static final int STREAMS_PER_SESSION = 4;

    private final AwsCredentialsProvider credentials;
    private final int callsMax;
    private final Map<Place, SageMakerRuntimeAsyncClient> unary = new ConcurrentHashMap<>();
    private final Map<Place, SageMakerRuntimeHttp2AsyncClient> duplex = new ConcurrentHashMap<>();

    private record Place(String region, @Nullable URI override) {
        static Place of(EndpointAddress endpoint) {
            return new Place(endpoint.region(), endpoint.override());
        }
    }

    public SageMakerClients(AwsCredentialsProvider credentials, ServingLimits limits) {
        this(credentials, limits.sessionsMax() * STREAMS_PER_SESSION);
    }

    /** @param callsMax calls, or streams, under way at one place; twice as many may wait for their turn */
    SageMakerClients(AwsCredentialsProvider credentials, int callsMax) {
        this.credentials = credentials;
        this.callsMax = callsMax;
    }

    /** For requests with one answer and for response streams. */
    public SageMakerRuntimeAsyncClient unary(EndpointAddress endpoint) {
        return unary.computeIfAbsent(Place.of(endpoint), this::newUnary);
    }

    /**
     * A client of its own for one call, which thus gets a connection that nobody has used before.
     *
     * @return to be closed when the call is over, by a thread that may wait
     */
    SageMakerRuntimeAsyncClient fresh(EndpointAddress endpoint) {
        return newUnary(Place.of(endpoint));
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
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry())
                        .addExecutionInterceptor(AnswerWatch.interceptor()))
                .httpClientBuilder(http(UNARY_READ_TIMEOUT))
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
                .maxConcurrency(callsMax)
                .maxPendingConnectionAcquires(2 * callsMax)
                .connectionTimeout(CONNECT_TIMEOUT)
                .connectionMaxIdleTime(IDLE_CONNECTION_KEPT)
                .readTimeout(readTimeout)
                .tcpKeepAlive(true);
    }
}
