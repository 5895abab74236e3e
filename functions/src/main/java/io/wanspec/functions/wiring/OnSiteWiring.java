package io.wanspec.functions.wiring;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import io.wanspec.functions.access.KeyStore;
import io.wanspec.functions.access.KeyVerifier;
import io.wanspec.functions.aws.ServiceHttp;
import io.wanspec.functions.settings.EndpointAccess;
import io.wanspec.functions.settings.OnSiteSettings;
import io.wanspec.functions.table.Table;
import io.wanspec.functions.workers.AssumedDialRole;
import io.wanspec.functions.workers.DialAccess;
import io.wanspec.functions.workers.Joining;
import io.wanspec.functions.workers.Roster;
import io.wanspec.functions.workers.WayIn;
import io.wanspec.functions.workers.WorkerTokens;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsAsyncClient;

/** The parts that let draft workers on site in, where the settings ask for it. */
@Factory
final class OnSiteWiring {
    private static final String ASKED_FOR = "wanspec.on-site.ticket-key";
    private static final String WITH_ROLE = "wanspec.on-site.dial-role";
    private static final Duration SILENCE = Duration.ofSeconds(3);
    private static final int CALLS_MAX = 4;

    @Singleton
    @Requires(property = ASKED_FOR)
    OnSiteSettings settings(Environment environment) {
        return OnSiteReader.read(environment).orElseThrow();
    }

    @Singleton
    @Requires(beans = Table.class)
    Roster roster(Table table) {
        return new Roster(table);
    }

    @Bean(preDestroy = "close")
    @Singleton
    @Requires(property = WITH_ROLE)
    StsAsyncClient sts(OnSiteSettings settings, AwsCredentialsProvider credentials) {
        return StsAsyncClient.builder()
                .region(Region.of(settings.relay().region()))
                .credentialsProvider(credentials)
                .httpClientBuilder(ServiceHttp.client(SILENCE, CALLS_MAX))
                .build();
    }

    @Singleton
    @Requires(property = WITH_ROLE)
    DialAccess dialAccess(OnSiteSettings settings, StsAsyncClient sts) {
        EndpointAccess.Role role = settings.dialRole().orElseThrow();
        return new AssumedDialRole(sts, role.arn(), settings.relayArn().orElseThrow());
    }

    @Singleton
    @Requires(property = ASKED_FOR)
    @Requires(missingProperty = WITH_ROLE)
    DialAccess nobodyAsks() {
        return DialAccess.NONE;
    }

    /** A token is asked for also where keys are not. */
    @Singleton
    @Requires(property = ASKED_FOR)
    @Requires(beans = Table.class)
    WayIn wayIn(OnSiteSettings settings, Table table, Roster roster, DialAccess access) {
        Clock clock = Clock.systemUTC();
        var joining = new Joining(new WorkerTokens(table), roster, settings.seal(), settings.relay(), access, clock);
        return new WayIn(KeyVerifier.asking(new KeyStore(table), clock), joining);
    }
}
