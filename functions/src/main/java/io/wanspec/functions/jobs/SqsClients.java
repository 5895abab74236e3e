package io.wanspec.functions.jobs;

import io.wanspec.functions.aws.ServiceHttp;
import io.wanspec.functions.settings.JobSettings;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/** Makes the client of the queues ({@link ServiceHttp}). */
public final class SqsClients {
    /** How long a call may take before nobody waits for it any more, with all its attempts. */
    static final Duration CALL_TIMEOUT = ServiceHttp.CALL_TIMEOUT;

    /** Longer than the longest poll here, which is one second. */
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(3);

    private static final int CALLS_MAX = 32;

    private SqsClients() {}

    public static SqsAsyncClient of(JobSettings settings, AwsCredentialsProvider credentials) {
        return SqsAsyncClient.builder()
                .region(Region.of(settings.region()))
                .endpointOverride(settings.override())
                .credentialsProvider(credentials)
                .httpClientBuilder(ServiceHttp.client(READ_TIMEOUT, CALLS_MAX))
                .build();
    }
}
