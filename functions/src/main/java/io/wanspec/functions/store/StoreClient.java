package io.wanspec.functions.store;

import io.wanspec.functions.settings.StoreSettings;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** The table's client: fails soon, because nobody waits for it. */
public final class StoreClient {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(2);

    private StoreClient() {}

    public static DynamoDbAsyncClient of(StoreSettings settings, AwsCredentialsProvider credentials) {
        return DynamoDbAsyncClient.builder()
                .region(Region.of(settings.region()))
                .endpointOverride(settings.override())
                .credentialsProvider(credentials)
                .overrideConfiguration(o -> o.apiCallTimeout(CALL_TIMEOUT).apiCallAttemptTimeout(ATTEMPT_TIMEOUT))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder().tcpKeepAlive(true))
                .build();
    }
}
