package io.wanspec.functions.session;

import io.wanspec.controller.Progress;
import java.time.Instant;

/**
 * Where a function begins with a session.
 *
 * @param progress what functions before this one have committed
 * @param owner of the lease that this function has taken
 * @param fence of that lease; 0 where the session is new, and has none yet
 * @param until when that lease ends unless it is renewed, by the clock of this function
 * @param waits which failures leave the session to the next function
 */
public record Continuation(Progress progress, String owner, long fence, Instant until, Waits waits) {
    /** What is waited for, each as what stands before it and more. */
    public enum Waits {
        /** Until the target has an instance again. */
        FOR_AN_INSTANCE,
        /** Until the target can be reached again: whoever reads the text goes on with it, and counts no attempts. */
        THROUGH_OUTAGES,
        /** Until whatever failed may do better: only who counts attempts can say when there were enough. */
        WHATEVER_FAILS
    }

    private static final Continuation FRESH = new Continuation(Progress.none(), "", 0, Instant.EPOCH);

    public Continuation {
        if (fence < 0 || (fence == 0 && !progress.isNone())) {
            throw new IllegalArgumentException("only a lease lets a function go on with another's session");
        }
    }

    public Continuation(Progress progress, String owner, long fence, Instant until) {
        this(progress, owner, fence, until, Waits.FOR_AN_INSTANCE);
    }

    /** The same, but for what leaves the session to the next function. */
    Continuation waiting(Waits other) {
        return new Continuation(progress, owner, fence, until, other);
    }

    public static Continuation fresh() {
        return FRESH;
    }

    public boolean isFresh() {
        return fence == 0;
    }
}
