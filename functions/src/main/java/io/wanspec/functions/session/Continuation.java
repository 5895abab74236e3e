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
 * @param patient whether a failure leaves the session to the next function: nobody waits here who could be told of it
 */
public record Continuation(Progress progress, String owner, long fence, Instant until, boolean patient) {
    private static final Continuation FRESH = new Continuation(Progress.none(), "", 0, Instant.EPOCH);

    public Continuation {
        if (fence < 0 || (fence == 0 && !progress.isNone())) {
            throw new IllegalArgumentException("only a lease lets a function go on with another's session");
        }
    }

    public Continuation(Progress progress, String owner, long fence, Instant until) {
        this(progress, owner, fence, until, false);
    }

    /** The same, but that failures leave the session to the next function. */
    Continuation patiently() {
        return new Continuation(progress, owner, fence, until, true);
    }

    public static Continuation fresh() {
        return FRESH;
    }

    public boolean isFresh() {
        return fence == 0;
    }
}
