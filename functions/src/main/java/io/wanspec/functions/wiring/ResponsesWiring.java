package io.wanspec.functions.wiring;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.wanspec.functions.follow.RunningTexts;
import io.wanspec.functions.follow.TextRecords;
import io.wanspec.functions.follow.Texts;
import io.wanspec.functions.idempotency.IdempotencyStore;
import io.wanspec.functions.responses.ResponseStore;
import io.wanspec.functions.settings.WanSpecSettings;
import io.wanspec.functions.table.Table;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;

/** The parts of responses. */
@Factory
final class ResponsesWiring {
    @Singleton
    RunningTexts runningTexts() {
        return new RunningTexts();
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
