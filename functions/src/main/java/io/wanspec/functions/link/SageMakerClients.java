package io.wanspec.functions.link;

import io.wanspec.functions.settings.EndpointAccess;
import io.wanspec.functions.settings.EndpointAddress;
import io.wanspec.functions.settings.ServingLimits;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
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
     * We close an idle connection before the peer does, so that it never closes just as a request goes out. How long a
     * peer keeps one is assumed: load balancers commonly close after 60 s, SageMaker does not say, the emulator never
     * does. Where a peer is quicker, the call goes out again. Longer than the time between two questions of {@link
     * EndpointProbe}, which so keeps a connection open for short calls and one for links.
     */
    static final Duration IDLE_CONNECTION_KEPT = Duration.ofSeconds(50);

    /** What a session may have open at one place at once, counting links that linger after their session. */
    private static final int STREAMS_PER_SESSION = 4;

    private final PlaceAccess access;
    private final int callsMax;
    private final Duration idleKept;
    private final AtomicLong freshMade = new AtomicLong();
    private final ClientThreads threads = new ClientThreads();
    private final Map<Place, SageMakerRuntimeAsyncClient> unary = new ConcurrentHashMap<>();
    private final Map<Place, SageMakerRuntimeAsyncClient> exchanges = new ConcurrentHashMap<>();
    private final Map<Place, SageMakerRuntimeAsyncClient> streaming = new ConcurrentHashMap<>();
    private final Map<Place, SageMakerRuntimeHttp2AsyncClient> duplex = new ConcurrentHashMap<>();

    private record Place(String region, @Nullable URI override, EndpointAccess access) {
        static Place of(EndpointAddress endpoint) {
            return new Place(endpoint.region(), endpoint.override(), endpoint.access());
        }
    }

    public SageMakerClients(AwsCredentialsProvider credentials, ServingLimits limits) {
        this(new PlaceAccess(credentials, null), limits.sessionsMax() * STREAMS_PER_SESSION, IDLE_CONNECTION_KEPT);
    }

    /**
     * @param access is closed with the clients
     * @param callsMax calls of each kind under way at one place; twice as many may wait for their turn
     * @param idleKept how long a connection that nobody uses stays open
     */
    SageMakerClients(PlaceAccess access, int callsMax, Duration idleKept) {
        this.access = access;
        this.callsMax = callsMax;
        this.idleKept = idleKept;
    }

    /** For requests with one answer, which are short. */
    public SageMakerRuntimeAsyncClient unary(EndpointAddress endpoint) {
        return unary.computeIfAbsent(Place.of(endpoint), this::newUnary);
    }

    /** For the rounds of links that are made of calls: one that is cut off shares its connection with no other kind of call. */
    SageMakerRuntimeAsyncClient exchanges(EndpointAddress endpoint) {
        return exchanges.computeIfAbsent(Place.of(endpoint), this::newUnary);
    }

    /** For response streams, which are long: however many there are, a short call finds a connection. */
    SageMakerRuntimeAsyncClient streaming(EndpointAddress endpoint) {
        return streaming.computeIfAbsent(Place.of(endpoint), this::newUnary);
    }

    /**
     * A client of its own for one call, which thus gets a connection that nobody has used before.
     *
     * @return to be closed when the call is over, by a thread that may wait
     */
    SageMakerRuntimeAsyncClient fresh(EndpointAddress endpoint) {
        freshMade.incrementAndGet();
        return newUnary(Place.of(endpoint));
    }

    /** How many calls have asked for a client of their own. */
    long freshMade() {
        return freshMade.get();
    }

    /** For duplex streams, which all share few connections. */
    public SageMakerRuntimeHttp2AsyncClient duplex(EndpointAddress endpoint) {
        return duplex.computeIfAbsent(Place.of(endpoint), this::newDuplex);
    }

    @Override
    public void close() {
        threads.hangUp();
        duplex.values().forEach(SageMakerRuntimeHttp2AsyncClient::close);
        streaming.values().forEach(SageMakerRuntimeAsyncClient::close);
        exchanges.values().forEach(SageMakerRuntimeAsyncClient::close);
        unary.values().forEach(SageMakerRuntimeAsyncClient::close);
        access.close();
        threads.close();
    }

    private SageMakerRuntimeAsyncClient newUnary(Place place) {
        var builder = SageMakerRuntimeAsyncClient.builder()
                .region(Region.of(place.region()))
                .endpointOverride(place.override())
                .credentialsProvider(access.credentials(place.access(), place.region()))
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry())
                        .addExecutionInterceptor(AnswerWatch.interceptor()))
                .httpClientBuilder(http(UNARY_READ_TIMEOUT));
        access.scheme(place.access()).ifPresent(builder::putAuthScheme);
        return builder.build();
    }

    private SageMakerRuntimeHttp2AsyncClient newDuplex(Place place) {
        var builder = SageMakerRuntimeHttp2AsyncClient.builder()
                .region(Region.of(place.region()))
                .endpointOverride(place.override())
                .credentialsProvider(access.credentials(place.access(), place.region()))
                // The SDK would retry a broken stream without what was already sent.
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .httpClientBuilder(http(STREAM_READ_TIMEOUT).protocol(Protocol.HTTP2));
        access.scheme(place.access()).ifPresent(builder::putAuthScheme);
        return builder.build();
    }

    private NettyNioAsyncHttpClient.Builder http(Duration readTimeout) {
        return NettyNioAsyncHttpClient.builder()
                .eventLoopGroup(threads.group())
                .maxConcurrency(callsMax)
                .maxPendingConnectionAcquires(2 * callsMax)
                .connectionTimeout(CONNECT_TIMEOUT)
                .connectionMaxIdleTime(idleKept)
                .readTimeout(readTimeout)
                .tcpKeepAlive(true);
    }
}
