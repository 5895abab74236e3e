package io.wanspec.infra.local;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/** An account in a region of the emulator, which takes for an account's number what is shown as its access key. */
record LocalAccount(URI emulator, String number, String region) {
    <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
        return builder.endpointOverride(emulator)
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(number, "local")))
                .build();
    }
}
