package io.wanspec.functions.wiring;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.wanspec.functions.access.budget.Budgets;
import io.wanspec.functions.follow.RunningTexts;
import io.wanspec.functions.follow.SessionTexts;
import io.wanspec.functions.follow.TextRecords;
import io.wanspec.functions.follow.Texts;
import io.wanspec.functions.idempotency.IdempotencyStore;
import io.wanspec.functions.observe.BudgetKeeper;
import io.wanspec.functions.responses.ResponseStore;
import io.wanspec.functions.resume.Resumption;
import io.wanspec.functions.session.Sessions;
import io.wanspec.functions.settings.WanSpecSettings;
import io.wanspec.functions.store.SessionHead;
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
            SessionStore store,
            Resumption resumption,
            Sessions sessions,
            RunningTexts running,
            Optional<Budgets> budgets) {
        return new SessionTexts(
                store, resumption, sessions, running, head -> budgets.ifPresent(b -> settleUnowned(b, head)));
    }

    /** No function has it that would: what it has not used comes back to the day that it was charged to. */
    private static void settleUnowned(Budgets budgets, SessionHead head) {
        long used = (long) head.promptTokens() + head.committedTokens();
        budgets.endedUnowned(head.id(), head.account(), BudgetKeeper.most(head.promptTokens(), head.maxTokens()), used);
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
