package io.wanspec.functions.aws;

import java.time.Duration;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;

/**
 * Connections to table and queue. The SDK's own timeouts are not set: they cancel a call, and one that is cancelled while its answer comes
 * may close the connection under the next call (docs/decisions/0013). The connection's timeouts end an attempt instead, and
 * whoever waits for a call stops waiting without ending it.
 */
public final class ServiceHttp {
    /** How long a call may take before nobody waits for it any more, with all its attempts. */
    public static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    /** A connection that was idle for longer may be closed by the peer as a request goes out. */
    private static final Duration IDLE_KEPT = Duration.ofSeconds(50);

    private static final int CALLS_WAITING_MAX = 1_000;

    private ServiceHttp() {}

    /**
     * For a client of its own.
     *
     * @param silence how long an attempt may wait for an answer
     * @param callsMax at once
     */
    public static NettyNioAsyncHttpClient.Builder client(Duration silence, int callsMax) {
        return NettyNioAsyncHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .connectionAcquisitionTimeout(silence)
                .readTimeout(silence)
                .writeTimeout(silence)
                .connectionMaxIdleTime(IDLE_KEPT)
                .maxConcurrency(callsMax)
                .maxPendingConnectionAcquires(CALLS_WAITING_MAX)
                .tcpKeepAlive(true);
    }
}
