package io.wanspec.functions.crash;

import java.util.Locale;

/**
 * Where a function may be lost such that something is half done. A test starts a process with {@code -Dwanspec.crash.at=NAME:N}, and
 * the JVM halts there when it comes by for the N-th time: no hook runs, nothing more is written or sent, as when it is killed.
 */
public enum CrashPoint {
    BEFORE_CREATE,
    AFTER_CREATE,
    BEFORE_CHECKPOINT,
    AFTER_CHECKPOINT,
    /** A lease was taken over; nothing was done with it. */
    AFTER_CLAIM,
    /** Text that the target committed, and that no client has seen. */
    BEFORE_SENT,
    /** Text that a client may have seen, and that no record has. */
    AFTER_SENT,
    BEFORE_END,
    AFTER_END,
    BEFORE_RELEASE;

    private static final Crash CRASH = Crash.of(System.getProperty(Crash.PROPERTY), System.getenv());

    /** Nothing, unless this process was started to die here. */
    public void reached() {
        CRASH.at(this);
    }

    /** As the property names it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
