package io.wanspec.functions.lambda;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;

/** How the functions' parts are put together. */
final class LambdaContexts {
    private LambdaContexts() {}

    /** Nothing is made before it is needed, and nothing is asked about the machine: both would add to a cold start. */
    static ApplicationContextBuilder builder() {
        return ApplicationContext.builder()
                .banner(false)
                .deduceEnvironment(false)
                .defaultEnvironments("function", "lambda")
                .eagerInitSingletons(false);
    }
}
