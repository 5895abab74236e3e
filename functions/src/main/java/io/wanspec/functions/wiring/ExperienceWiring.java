package io.wanspec.functions.wiring;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.wanspec.functions.experience.SharedEstimates;
import io.wanspec.functions.session.EstimatesByGoal;
import io.wanspec.functions.session.Experience;
import io.wanspec.functions.table.Table;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Where there is a table, functions share what they learn. */
@Factory
final class ExperienceWiring {
    @Bean(preDestroy = "close")
    @Singleton
    @Requires(beans = Table.class)
    SharedEstimates shared(Table table) {
        return new SharedEstimates(table, Clock.systemUTC());
    }

    @Singleton
    @Requires(missingBeans = Table.class)
    Experience own() {
        return new EstimatesByGoal();
    }
}
