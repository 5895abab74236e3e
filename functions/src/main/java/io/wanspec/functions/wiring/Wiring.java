package io.wanspec.functions.wiring;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import io.wanspec.functions.link.EndpointCalls;
import io.wanspec.functions.link.Endpoints;
import io.wanspec.functions.link.SageMakerClients;
import io.wanspec.functions.link.SageMakerGenerations;
import io.wanspec.functions.link.SageMakerLinks;
import io.wanspec.functions.observe.SessionLog;
import io.wanspec.functions.session.Observers;
import io.wanspec.functions.session.Sessions;
import io.wanspec.functions.settings.WanSpecSettings;
import jakarta.inject.Singleton;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/** The parts and what they are made of. */
@Factory
final class Wiring {
    @Singleton
    WanSpecSettings settings(Environment environment) {
        return new SettingsReader(environment).read();
    }

    @Singleton
    @Requires(missingBeans = AwsCredentialsProvider.class)
    AwsCredentialsProvider credentials() {
        return DefaultCredentialsProvider.builder().build();
    }

    @Bean(preDestroy = "close")
    @Singleton
    SageMakerClients clients(AwsCredentialsProvider credentials, WanSpecSettings settings) {
        return new SageMakerClients(credentials, settings.limits());
    }

    @Singleton
    EndpointCalls calls(SageMakerClients clients) {
        return new EndpointCalls(clients);
    }

    @Bean(preDestroy = "close")
    @Singleton
    Endpoints endpoints(WanSpecSettings settings, EndpointCalls calls) {
        return new Endpoints(settings, calls).start();
    }

    @Bean(preDestroy = "close")
    @Singleton
    Sessions sessions(WanSpecSettings settings, SageMakerClients clients) {
        return new Sessions(
                settings.limits(),
                new SageMakerLinks(settings, clients),
                new SageMakerGenerations(settings.target(), clients),
                () -> new Observers(List.of(new SessionLog())));
    }
}
