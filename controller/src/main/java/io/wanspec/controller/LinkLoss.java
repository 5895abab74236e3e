package io.wanspec.controller;

/** What the loss of a link says about a new one. */
public enum LinkLoss {
    /** A new one could not succeed. */
    FINAL,
    /** It broke, or was refused by something that passes: it is opened again, unless that happens whenever it is asked the same. */
    BROKEN,
    /** Nobody was there to take it, so that nothing that was asked can be the reason: it is opened again. */
    UNREACHABLE,
    /** The peer, or the way to it, has too much to do now: it is opened again until there is room, within the deadline. */
    BUSY,
    /** The endpoint has no instance in service yet. That takes minutes, which is long for a request that has not begun. */
    STARTING;

    /** @param mayRetry whether a new link could succeed */
    public static LinkLoss of(boolean mayRetry) {
        return mayRetry ? BROKEN : FINAL;
    }

    /** Whether a new link could succeed within the session. */
    public boolean mayRetry() {
        return this == BROKEN || this == UNREACHABLE || this == BUSY;
    }
}
