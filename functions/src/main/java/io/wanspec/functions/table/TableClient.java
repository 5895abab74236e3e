package io.wanspec.functions.table;

import io.wanspec.functions.aws.ServiceHttp;
import io.wanspec.functions.settings.StoreSettings;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** Makes the client of the table ({@link ServiceHttp}); whoever waits for a call is {@link DynamoTable}. */
public final class TableClient {
    /** How long a call may take before nobody waits for it any more, with all its attempts. */
    public static final Duration CALL_TIMEOUT = ServiceHttp.CALL_TIMEOUT;

    /** Calls at once that sessions share out among themselves; the others are for requests. */
    public static final int BUDGETED_CALLS_MAX = 48;

    private static final Duration READ_TIMEOUT = Duration.ofSeconds(2);
    private static final int ATTEMPTS_MAX = 3;
    private static final int CALLS_MAX = BUDGETED_CALLS_MAX + 32;

    private TableClient() {}

    public static DynamoDbAsyncClient of(StoreSettings settings, AwsCredentialsProvider credentials) {
        return DynamoDbAsyncClient.builder()
                .region(Region.of(settings.region()))
                .endpointOverride(settings.override())
                .credentialsProvider(credentials)
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(ATTEMPTS_MAX)
                        .build()))
                .httpClientBuilder(ServiceHttp.client(READ_TIMEOUT, CALLS_MAX))
                .build();
    }
}
