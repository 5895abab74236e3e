package io.wanspec.functions.wiring;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.condition.Condition;
import io.micronaut.context.condition.ConditionContext;
import io.micronaut.context.env.Environment;
import io.wanspec.functions.access.Gatekeeper;
import io.wanspec.functions.access.KeyStore;
import io.wanspec.functions.access.KeyVerifier;
import io.wanspec.functions.access.budget.Budgets;
import io.wanspec.functions.access.budget.UsageTable;
import io.wanspec.functions.lambda.Authorizer;
import io.wanspec.functions.observe.UnclearStarts;
import io.wanspec.functions.settings.AccessSettings;
import io.wanspec.functions.settings.AccessSettings.Mode;
import io.wanspec.functions.store.SessionStore;
import io.wanspec.functions.table.Table;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/** Access control, where the settings ask for it. */
@Factory
final class AccessWiring {
    /** Asked for at every start, so that no server is open by mistake. */
    @Singleton
    AccessSettings access(Environment environment) {
        return AccessReader.read(environment);
    }

    @Singleton
    @Requires(condition = IsControlled.class)
    Gatekeeper gatekeeper(AccessSettings settings, Optional<Table> table) {
        return settings.mode() == Mode.GATEWAY
                ? Gatekeeper.trustingGateway()
                : Gatekeeper.of(KeyVerifier.caching(new KeyStore(required(table)), Clock.systemUTC()));
    }

    /** For the function of this name, which API Gateway asks. */
    @Singleton
    @Requires(beans = Table.class)
    Authorizer authorizer(Table table) {
        return new Authorizer(KeyVerifier.asking(new KeyStore(table), Clock.systemUTC()));
    }

    @Bean(preDestroy = "close")
    @Singleton
    @Requires(condition = IsControlled.class)
    Budgets budgets(Optional<Table> table) {
        return new Budgets(new UsageTable(required(table)), Clock.systemUTC());
    }

    @Bean(preDestroy = "close")
    @Singleton
    @Requires(condition = IsControlled.class)
    @Requires(beans = SessionStore.class)
    UnclearStarts unclearStarts(SessionStore store, Budgets budgets) {
        return new UnclearStarts(store::withdraw, budgets);
    }

    private static Table required(Optional<Table> table) {
        return table.orElseThrow();
    }

    /** Whether callers are told apart at all. */
    static final class IsControlled implements Condition {
        @Override
        @SuppressWarnings("rawtypes")
        public boolean matches(ConditionContext context) {
            return AccessReader.mode(context.getBeanContext().getBean(Environment.class)) != Mode.OPEN;
        }
    }
}
