package io.wanspec.functions.settings;

import java.util.Arrays;
import java.util.Optional;

/** What drafts look like. */
public enum DraftKind {
    /** One guess behind the other. */
    CHAIN("chain"),
    /** Alternatives where the draft is unsure. */
    TREE("tree");

    private final String wireName;

    DraftKind(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    public static Optional<DraftKind> named(String name) {
        return Arrays.stream(values()).filter(k -> k.wireName.equals(name)).findFirst();
    }

    public static String names() {
        return String.join(
                ", ", Arrays.stream(values()).map(DraftKind::wireName).toList());
    }
}
