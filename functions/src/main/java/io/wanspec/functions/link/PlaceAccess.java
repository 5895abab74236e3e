package io.wanspec.functions.link;

import io.wanspec.functions.aws.ServiceHttp;
import io.wanspec.functions.settings.EndpointAccess;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsAsyncClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.auth.spi.scheme.AuthScheme;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerAsyncClient;
import software.amazon.awssdk.services.sts.StsAsyncClient;

/** Whose credentials sign the calls to a place, and what else they show. Roles and secrets are asked for when they are first used. */
final class PlaceAccess implements AutoCloseable {
    private static final Duration SILENCE = Duration.ofSeconds(3);
    private static final int CALLS_MAX = 4;

    private final AwsCredentialsProvider own;
    private final @Nullable URI services;
    private final Map<String, StsAsyncClient> sts = new ConcurrentHashMap<>();
    private final Map<String, SecretsManagerAsyncClient> secrets = new ConcurrentHashMap<>();
    private final Map<EndpointAccess, AwsCredentialsProvider> roles = new ConcurrentHashMap<>();
    private final Map<EndpointAccess, AuthScheme<AwsCredentialsIdentity>> schemes = new ConcurrentHashMap<>();

    /** @param services where STS and Secrets Manager are, in place of their regions' own addresses */
    PlaceAccess(AwsCredentialsProvider own, @Nullable URI services) {
        this.own = own;
        this.services = services;
    }

    /** @param region the endpoint's, whose STS gives credentials for it */
    AwsCredentialsProvider credentials(EndpointAccess access, String region) {
        return switch (access) {
            case EndpointAccess.Own(), EndpointAccess.Secret(var _) -> own;
            case EndpointAccess.Role(String arn) ->
                roles.computeIfAbsent(access, _ -> new AssumedRole(sts(region), arn, Clock.systemUTC()));
        };
    }

    /** In place of the usual way of signing. */
    Optional<AuthScheme<AwsCredentialsIdentity>> scheme(EndpointAccess access) {
        return switch (access) {
            case EndpointAccess.Own(), EndpointAccess.Role(var _) -> Optional.empty();
            case EndpointAccess.Secret secret ->
                Optional.of(schemes.computeIfAbsent(
                        access,
                        _ -> new SecretScheme(
                                new ShownSecret(secrets(secret.region()), secret.arn(), Clock.systemUTC()))));
        };
    }

    private StsAsyncClient sts(String region) {
        return sts.computeIfAbsent(region, _ -> client(StsAsyncClient.builder(), region));
    }

    private SecretsManagerAsyncClient secrets(String region) {
        return secrets.computeIfAbsent(region, _ -> client(SecretsManagerAsyncClient.builder(), region));
    }

    private <B extends AwsClientBuilder<B, C> & AwsAsyncClientBuilder<B, C>, C> C client(B builder, String region) {
        return builder.region(Region.of(region))
                .endpointOverride(services)
                .credentialsProvider(own)
                .httpClientBuilder(ServiceHttp.client(SILENCE, CALLS_MAX))
                .build();
    }

    @Override
    public void close() {
        sts.values().forEach(StsAsyncClient::close);
        secrets.values().forEach(SecretsManagerAsyncClient::close);
    }
}
