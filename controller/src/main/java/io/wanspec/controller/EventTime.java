package io.wanspec.controller;

/** The time of the event that is being handled, in nanoseconds. It is set once for each event and read wherever it matters. */
final class EventTime {
    /** Later than anything that happens. */
    static final long NEVER = Long.MAX_VALUE;

    private long now;

    void enter(long atNanos) {
        now = atNanos;
    }

    long now() {
        return now;
    }
}
