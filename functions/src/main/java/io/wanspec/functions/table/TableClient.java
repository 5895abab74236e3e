package io.wanspec.functions.table;

import io.wanspec.functions.settings.StoreSettings;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * The table's client. The SDK's own timeouts are not set: they cancel a call, and one that is cancelled while its answer comes
 * may close the connection under the next call (docs/decisions/0013). The connection's timeouts end an attempt instead, and
 * whoever waits for a call stops waiting ({@link DynamoTable}) without ending it.
 */
public final class TableClient {
    /** How long a call may take before nobody waits for it any more, with all its attempts. */
    public static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration IDLE_KEPT = Duration.ofSeconds(50);
    private static final int ATTEMPTS_MAX = 3;
    private static final int CALLS_MAX = 50;
    private static final int CALLS_WAITING_MAX = 1_000;

    private TableClient() {}

    public static DynamoDbAsyncClient of(StoreSettings settings, AwsCredentialsProvider credentials) {
        return DynamoDbAsyncClient.builder()
                .region(Region.of(settings.region()))
                .endpointOverride(settings.override())
                .credentialsProvider(credentials)
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(ATTEMPTS_MAX)
                        .build()))
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
