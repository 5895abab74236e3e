package io.wanspec.emulator.sagemaker;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeAsyncClient;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeClient;
import software.amazon.awssdk.services.sagemakerruntimehttp2.SageMakerRuntimeHttp2AsyncClient;

/** The SDK's clients as WANSpec uses them: no retries, because a repeated stream loses what came before. */
final class Clients {
    private static final AwsCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "example-secret"));

    /** The network threads that all share: while somebody has them, closing a client need not wait for their end. */
    static final SdkAsyncHttpClient THREADS = NettyNioAsyncHttpClient.create();

    private Clients() {}

    static SageMakerRuntimeClient blocking(URI endpoint) {
        return set(SageMakerRuntimeClient.builder(), endpoint).build();
    }

    static SageMakerRuntimeAsyncClient async(URI endpoint) {
        return set(SageMakerRuntimeAsyncClient.builder(), endpoint).build();
    }

    static SageMakerRuntimeHttp2AsyncClient duplex(URI endpoint) {
        return set(SageMakerRuntimeHttp2AsyncClient.builder(), endpoint).build();
    }

    private static <B extends AwsClientBuilder<B, C>, C> B set(B builder, URI endpoint) {
        return builder.region(Region.US_EAST_1)
                .endpointOverride(endpoint)
                .credentialsProvider(CREDENTIALS)
                .overrideConfiguration(
                        o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()).apiCallTimeout(Duration.ofSeconds(50)));
    }
}
