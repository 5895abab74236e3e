package io.wanspec.functions.wiring;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import io.wanspec.functions.access.AccessKey;
import io.wanspec.functions.access.KeyStore;
import io.wanspec.functions.access.budget.Budgets;
import io.wanspec.functions.access.budget.UsageTable;
import io.wanspec.functions.link.EndpointCalls;
import io.wanspec.functions.link.Endpoints;
import io.wanspec.functions.link.PatientGenerations;
import io.wanspec.functions.link.SageMakerClients;
import io.wanspec.functions.link.SageMakerGenerations;
import io.wanspec.functions.link.SageMakerLinks;
import io.wanspec.functions.observe.BudgetKeeper;
import io.wanspec.functions.observe.StandingObservers;
import io.wanspec.functions.observe.UnownedEnds;
import io.wanspec.functions.placement.SharedPlaces;
import io.wanspec.functions.resume.Resumption;
import io.wanspec.functions.session.Experience;
import io.wanspec.functions.session.SessionObserver;
import io.wanspec.functions.session.Sessions;
import io.wanspec.functions.session.WorkerChoice;
import io.wanspec.functions.settings.WanSpecSettings;
import io.wanspec.functions.store.EndRecorder;
import io.wanspec.functions.store.SessionStore;
import io.wanspec.functions.store.SessionSweeper;
import io.wanspec.functions.store.SweepRule;
import io.wanspec.functions.table.DynamoTable;
import io.wanspec.functions.table.Table;
import io.wanspec.functions.table.TableClient;
import io.wanspec.functions.timeline.Timelines;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

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
    SageMakerLinks links(WanSpecSettings settings, SageMakerClients clients) {
        return new SageMakerLinks(settings, clients);
    }

    @Singleton
    EndpointCalls calls(SageMakerClients clients) {
        return new EndpointCalls(clients);
    }

    @Bean(preDestroy = "close")
    @Singleton
    Endpoints endpoints(WanSpecSettings settings, EndpointCalls calls, SageMakerLinks links, SharedPlaces measured) {
        return new Endpoints(settings, calls, links::warm, measured::probed).start();
    }

    @Bean(preDestroy = "close")
    @Singleton
    Sessions sessions(
            WanSpecSettings settings,
            SageMakerClients clients,
            SageMakerLinks links,
            Endpoints endpoints,
            Experience experience,
            SharedPlaces measured,
            Optional<SessionStore> store,
            Optional<Budgets> budgets,
            StandingObservers standing,
            Timelines timelines) {
        return new Sessions(
                settings.limits(),
                links,
                new PatientGenerations(new SageMakerGenerations(settings.target(), clients)),
                endpoints,
                experience,
                measured,
                () -> observers(store, budgets, standing, timelines));
    }

    @Bean(preDestroy = "close")
    @Singleton
    @Requires(property = "wanspec.sessions.table")
    DynamoDbAsyncClient dynamoDb(WanSpecSettings settings, AwsCredentialsProvider credentials) {
        return TableClient.of(Objects.requireNonNull(settings.store()), credentials);
    }

    @Singleton
    @Requires(beans = DynamoDbAsyncClient.class)
    Table table(WanSpecSettings settings, DynamoDbAsyncClient client) {
        return new DynamoTable(client, Objects.requireNonNull(settings.store()).table(), Clock.systemUTC());
    }

    @Bean(preDestroy = "close")
    @Singleton
    @Requires(beans = DynamoDbAsyncClient.class)
    SessionStore store(WanSpecSettings settings, Table table) {
        return new SessionStore(table, Objects.requireNonNull(settings.store()), Clock.systemUTC());
    }

    @Singleton
    @Requires(beans = Table.class)
    SessionSweeper sweeper(Table table, UnownedEnds unowned) {
        return new SessionSweeper(table, Clock.systemUTC(), SweepRule.GRACE, unowned);
    }

    @Bean(preDestroy = "close")
    @Singleton
    @Requires(beans = Table.class)
    UnownedEnds unownedEnds(Optional<Budgets> budgets, Table table) {
        return new UnownedEnds(budgets, () -> new Budgets(new UsageTable(table), Clock.systemUTC()));
    }

    @Singleton
    @Requires(beans = SessionStore.class)
    Resumption resumption(
            WanSpecSettings settings,
            SessionStore store,
            Endpoints endpoints,
            WorkerChoice drafts,
            Table table,
            UnownedEnds unowned) {
        KeyStore keys = new KeyStore(table);
        return new Resumption(
                store,
                endpoints,
                drafts,
                settings.target().region(),
                id -> keys.findById(id).map(AccessKey::regions),
                unowned);
    }

    private static List<SessionObserver> observers(
            Optional<SessionStore> store, Optional<Budgets> budgets, StandingObservers standing, Timelines timelines) {
        List<SessionObserver> all = new ArrayList<>();
        // First, because the caller may be waiting for the place that an ended session frees.
        Optional<EndRecorder> recorder = store.map(SessionStore::recorder);
        budgets.ifPresent(b -> all.add(new BudgetKeeper(
                b,
                () -> recorder.map(EndRecorder::endsHere).orElseGet(() -> CompletableFuture.completedFuture(true)))));
        all.addAll(standing.all());
        recorder.ifPresent(all::add);
        all.add(timelines.observer());
        return all;
    }
}
