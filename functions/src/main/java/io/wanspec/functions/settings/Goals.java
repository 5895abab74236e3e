package io.wanspec.functions.settings;

import io.wanspec.controller.Goal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Names of {@link Goal} as requests and configuration write them. */
public final class Goals {
    private Goals() {}

    public static String wireName(Goal goal) {
        return goal.name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Goal> named(String name) {
        return Arrays.stream(Goal.values())
                .filter(goal -> wireName(goal).equals(name))
                .findFirst();
    }

    public static String names() {
        return String.join(
                ", ", Arrays.stream(Goal.values()).map(Goals::wireName).toList());
    }
}
