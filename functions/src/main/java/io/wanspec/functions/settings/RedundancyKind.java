package io.wanspec.functions.settings;

import io.wanspec.controller.policy.Redundancy;
import java.util.Arrays;
import java.util.Optional;

/** Names of {@link Redundancy} as requests and configuration write them. */
public enum RedundancyKind {
    NEVER("never"),
    ALWAYS("always"),
    ENTROPY("entropy");

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

    /** @param thresholdNats used by {@link #ENTROPY} only */
    public Redundancy rule(double thresholdNats) {
        return switch (this) {
            case NEVER -> new Redundancy.Never();
            case ALWAYS -> new Redundancy.Always();
            case ENTROPY -> new Redundancy.Entropy(thresholdNats);
        };
    }
}
