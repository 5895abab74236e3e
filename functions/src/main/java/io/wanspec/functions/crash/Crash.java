package io.wanspec.functions.crash;

import io.wanspec.functions.settings.LambdaHost;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * At which point this process is to die, if at any. Only whoever starts the JVM can say so, who could kill it as well: no
 * configuration, variable or request reaches the property, and where Lambda runs the function it is not looked at
 * (docs/decisions/0022).
 */
final class Crash {
    static final String PROPERTY = "wanspec.crash.at";

    /** As of a process that was killed by SIGKILL. */
    private static final int EXIT_CODE = 137;

    private final @Nullable CrashPoint point;
    private final AtomicInteger left;
    private final IntConsumer halt;

    Crash(@Nullable CrashPoint point, int time, IntConsumer halt) {
        this.point = point;
        this.left = new AtomicInteger(time);
        this.halt = halt;
    }

    /** @param wanted {@code name:n}, or null */
    static Crash of(@Nullable String wanted, Map<String, String> environment) {
        return wanted == null || LambdaHost.isIn(environment)
                ? new Crash(null, 0, Crash::halt)
                : parse(wanted, Crash::halt);
    }

    /** @throws IllegalArgumentException if there is no such point, or the number is not one from 1 on */
    static Crash parse(String wanted, IntConsumer halt) {
        String[] parts = wanted.split(":", -1);
        int time = parts.length == 2 ? Integer.parseInt(parts[1]) : 0;
        if (time < 1) {
            throw new IllegalArgumentException(PROPERTY + " is a point's name, a colon and a number from 1 on");
        }
        CrashPoint point = Arrays.stream(CrashPoint.values())
                .filter(known -> known.word().equals(parts[0]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(PROPERTY + ": there is no point " + parts[0]));
        return new Crash(point, time, halt);
    }

    void at(CrashPoint reached) {
        if (reached == point && left.decrementAndGet() == 0) {
            halt.accept(EXIT_CODE);
        }
    }

    private static void halt(int exitCode) {
        Runtime.getRuntime().halt(exitCode);
    }
}
