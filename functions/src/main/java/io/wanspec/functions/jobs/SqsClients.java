package io.wanspec.functions.jobs;

import io.wanspec.functions.settings.JobSettings;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/** Makes the client of the queues; its times are those of {@link io.wanspec.functions.table.TableClient}, for the same reasons. */
public final class SqsClients {
    /** How long a call may take before nobody waits for it any more, with all its attempts. */
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    /** Longer than the longest poll here, which is one second. */
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(3);

    private static final Duration IDLE_KEPT = Duration.ofSeconds(50);
    private static final int CALLS_MAX = 32;
    private static final int CALLS_WAITING_MAX = 1_000;

    private SqsClients() {}

    public static SqsAsyncClient of(JobSettings settings, AwsCredentialsProvider credentials) {
        return SqsAsyncClient.builder()
                .region(Region.of(settings.region()))
                .endpointOverride(settings.override())
                .credentialsProvider(credentials)
                .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .connectionAcquisitionTimeout(READ_TIMEOUT)
                        .readTimeout(READ_TIMEOUT)
                        .writeTimeout(READ_TIMEOUT)
                        .connectionMaxIdleTime(IDLE_KEPT)
                        .maxConcurrency(CALLS_MAX)
                        .maxPendingConnectionAcquires(CALLS_WAITING_MAX)
                        .tcpKeepAlive(true))
                .build();
    }
}
