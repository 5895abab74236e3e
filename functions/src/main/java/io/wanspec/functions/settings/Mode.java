package io.wanspec.functions.settings;

import java.util.Arrays;
import java.util.Optional;

/** How a request is decoded. The text is the same in all of them. */
public enum Mode {
    /** Drafts from remote workers, with redundancy in the busy region. */
    WANSPEC("wanspec"),
    /** B1: the busy region drafts and verifies in turn. */
    COLOCATED("colocated"),
    /** B0: a plain loop at the target endpoint. */
    TARGET_ONLY("target-only");

    private final String wireName;

    Mode(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    public static Optional<Mode> named(String name) {
        return Arrays.stream(values()).filter(m -> m.wireName.equals(name)).findFirst();
    }

    public static String names() {
        return String.join(", ", Arrays.stream(values()).map(Mode::wireName).toList());
    }
}
