package io.wanspec.functions.settings;

import io.wanspec.controller.policy.Redundancy;
import java.util.Arrays;
import java.util.Optional;

/** Names of {@link Redundancy} as requests and configuration write them. */
public enum RedundancyKind {
    NEVER("never"),
    ALWAYS("always"),
    ENTROPY("entropy"),
    VALUE("value");

    private final String wireName;

    RedundancyKind(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    public static Optional<RedundancyKind> named(String name) {
        return Arrays.stream(values()).filter(k -> k.wireName.equals(name)).findFirst();
    }

    public static String names() {
        return String.join(
                ", ", Arrays.stream(values()).map(RedundancyKind::wireName).toList());
    }
}
