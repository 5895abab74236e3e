package io.wanspec.emulator.pip;

import java.util.List;
import java.util.Locale;

/** Why pip failed, as far as what it wrote tells. */
@SuppressWarnings("ImmutableEnumChecker")
public enum PipTrouble {
    DISK_FULL(List.of("no space left on device", "disk quota exceeded")),
    NETWORK(List.of(
            "name resolution",
            "name or service not known",
            "max retries exceeded",
            "newconnectionerror",
            "connection refused",
            "connection reset",
            "connection broken",
            "incompleteread",
            "timed out",
            "network is unreachable",
            "proxyerror",
            "sslerror")),
    /** The index answered, and has no such package for this machine. */
    NOT_OFFERED(List.of("could not find a version", "no matching distribution")),
    OTHER(List.of());

    private final List<String> signs;

    PipTrouble(List<String> signs) {
        this.signs = signs;
    }

    /** The first trouble with a sign in {@code output}: without a network pip finds no version either. */
    static PipTrouble of(String output) {
        String text = output.toLowerCase(Locale.ROOT);
        for (PipTrouble trouble : values()) {
            if (trouble.signs.stream().anyMatch(text::contains)) {
                return trouble;
            }
        }
        return OTHER;
    }
}
