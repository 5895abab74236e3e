package io.wanspec.functions.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.function.aws.DefaultLambdaContextFactory;
import io.micronaut.function.aws.LambdaContextFactory;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How much time an invocation has left. An environment has one invocation at a time. */
@Singleton
@Replaces(DefaultLambdaContextFactory.class)
final class InvocationTime implements LambdaContextFactory {
    private volatile @Nullable Context current;

    /** At the beginning of each invocation. */
    @Override
    public void registerSingletons(Context context) {
        current = context;
    }

    /** @throws IllegalStateException outside of an invocation */
    Duration left() {
        Context context = current;
        if (context == null) {
            throw new IllegalStateException("no invocation has begun");
        }
        return Duration.ofMillis(context.getRemainingTimeInMillis());
    }
}
