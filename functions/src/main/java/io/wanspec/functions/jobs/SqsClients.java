package io.wanspec.functions.jobs;

import io.wanspec.functions.settings.JobSettings;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/** Makes the client of the queues. */
public final class SqsClients {
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);
    private static final int CONNECTIONS_MAX = 32;

    private SqsClients() {}

    public static SqsAsyncClient of(JobSettings settings, AwsCredentialsProvider credentials) {
        return SqsAsyncClient.builder()
                .region(Region.of(settings.region()))
                .endpointOverride(settings.override())
                .credentialsProvider(credentials)
                .overrideConfiguration(
                        o -> o.apiCallAttemptTimeout(ATTEMPT_TIMEOUT).apiCallTimeout(CALL_TIMEOUT))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder().maxConcurrency(CONNECTIONS_MAX))
                .build();
    }
}
