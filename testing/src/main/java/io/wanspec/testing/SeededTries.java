package io.wanspec.testing;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Objects;
import java.util.PrimitiveIterator;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.ReflectionSupport;

/** Calls a {@link SeededTest} once for each of its seeds, until one fails. */
final class SeededTries implements InvocationInterceptor, ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Random.class;
    }

    /** Stands in for the randoms of the tries, which {@link #interceptTestMethod} passes. */
    @Override
    public Random resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return new Random(0);
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext test) {
        invocation.skip();
        Method method = call.getExecutable();
        Object target = call.getTarget().orElseThrow();
        int done = 0;
        PrimitiveIterator.OfLong seeds = seeds(method, test).stream().iterator();
        while (seeds.hasNext()) {
            done++;
            tryOnce(method, target, seeds.nextLong(), done);
        }
    }

    private static Seeds seeds(Method method, ExtensionContext test) {
        SeededTest wanted = Objects.requireNonNull(method.getAnnotation(SeededTest.class));
        return new Seeds(name(method), wanted.tries(), test::getConfigurationParameter);
    }

    private static void tryOnce(Method method, Object target, long seed, int number) {
        try {
            ReflectionSupport.invokeMethod(method, target, new Random(seed));
        } catch (Throwable failure) {
            String where = "try " + number + " failed, seed " + seed + "\nreplay it: " + replay(method, seed);
            throw new AssertionError(where + "\n" + failure, failure);
        }
    }

    /** A test's working directory is its module's. */
    private static String replay(Method method, long seed) {
        Path module = Path.of("").toAbsolutePath().getFileName();
        return "mvn test -pl " + module + " -am -Dtest='" + name(method)
                + "' -Dsurefire.failIfNoSpecifiedTests=false -Dwanspec.seed=" + seed;
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getSimpleName() + "#" + method.getName();
    }
}
