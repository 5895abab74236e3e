package io.wanspec.functions.wiring;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.wanspec.functions.follow.RunningTexts;
import io.wanspec.functions.follow.SessionTexts;
import io.wanspec.functions.follow.TextRecords;
import io.wanspec.functions.follow.Texts;
import io.wanspec.functions.idempotency.IdempotencyStore;
import io.wanspec.functions.observe.UnownedEnds;
import io.wanspec.functions.responses.ResponseStore;
import io.wanspec.functions.resume.Resumption;
import io.wanspec.functions.session.Sessions;
import io.wanspec.functions.settings.WanSpecSettings;
import io.wanspec.functions.store.SessionStore;
import io.wanspec.functions.table.Table;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;

/** The parts of responses. */
@Factory
final class ResponsesWiring {
    @Bean(preDestroy = "close")
    @Singleton
    RunningTexts runningTexts(Sessions sessions) {
        return new RunningTexts(sessions);
    }

    @Singleton
    @Requires(beans = SessionStore.class)
    TextRecords records(
            SessionStore store, Resumption resumption, Sessions sessions, RunningTexts running, UnownedEnds unowned) {
        return new SessionTexts(store, resumption, sessions, running, unowned);
    }

    @Singleton
    Texts texts(RunningTexts running, Optional<TextRecords> records) {
        return new Texts(running, records);
    }

    @Singleton
    @Requires(beans = Table.class)
    ResponseStore responses(Table table, WanSpecSettings settings) {
        return new ResponseStore(
                table,
                Clock.systemUTC(),
                Objects.requireNonNull(settings.store()).timeToLive());
    }

    @Singleton
    @Requires(beans = Table.class)
    IdempotencyStore idempotency(Table table) {
        return new IdempotencyStore(table, Clock.systemUTC());
    }
}
