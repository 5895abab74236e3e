package io.wanspec.functions.settings;

import io.wanspec.functions.settings.AccessSettings.Mode;

/**
 * Who is shown the console, a page that asks this API like any other client.
 *
 * @param shown to whom
 * @param loopback whether the server listens on the loopback interface
 */
public record ConsoleSettings(Shown shown, boolean loopback) {
    /** To whom the page is there. */
    public enum Shown {
        /** Whoever is on the same machine, where the server listens on the loopback interface. */
        LOCAL,
        /** Everybody who reaches the server; the page is of no use without a key. */
        PUBLIC,
        /** Nobody. */
        NONE
    }

    /**
     * Refuses a page for everybody before an API that asks nobody for a key.
     *
     * @throws IllegalArgumentException with the settings that help
     */
    public ConsoleSettings checkedFor(Mode access) {
        if (shown == Shown.PUBLIC && access == Mode.OPEN) {
            throw new IllegalArgumentException("wanspec.console is public, and no keys are asked for. Set"
                    + " wanspec.access.required to true, or wanspec.console to local");
        }
        return this;
    }

    /** @param thisMachine whether the request comes from this machine, as far as can be told */
    public boolean isShown(boolean thisMachine) {
        return switch (shown) {
            case LOCAL -> loopback && thisMachine;
            case PUBLIC -> true;
            case NONE -> false;
        };
    }
}
