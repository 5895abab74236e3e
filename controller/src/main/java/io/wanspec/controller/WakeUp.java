package io.wanspec.controller;

/** The one wake-up that a session has asked for; a new one replaces it. */
final class WakeUp {
    private static final long NEVER = EventTime.NEVER;

    private final SessionContext session;
    private long wakeAt = NEVER;

    WakeUp(SessionContext session) {
        this.session = session;
    }

    /** A wake-up that was replaced leaves the one that replaced it armed; else each of them would ask for another. */
    void onWoken() {
        wakeAt = session.now() >= wakeAt ? NEVER : wakeAt;
    }

    /** Asks to be woken then, unless that is asked for already. */
    void at(long next) {
        if (next != wakeAt && next != NEVER) {
            session.act(new Action.WakeAt(Math.max(next, session.now())));
        }
        wakeAt = next;
    }
}
