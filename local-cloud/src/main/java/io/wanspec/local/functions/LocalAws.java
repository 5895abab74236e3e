package io.wanspec.local.functions;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/**
 * Clients of the AWS emulator.
 *
 * @param endpoint of every service
 * @param region that everything is made in
 */
public record LocalAws(URI endpoint, String region) {
    /** Of the emulator's one account. */
    static final String ACCOUNT = "000000000000";

    /** Credentials that the local services take; they check none. */
    public static AwsCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
    }

    public <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
        return builder.endpointOverride(endpoint)
                .region(Region.of(region))
                .credentialsProvider(credentials())
                .build();
    }

    /** The name of a thing in the region, for others to refer to it. */
    String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + ACCOUNT + ":" + resource;
    }
}
