package io.wanspec.functions.store;

import java.time.Duration;
import java.time.Instant;

/**
 * Who may write a session's record, and until when nobody else takes it over. Safety lies in owner and fence alone, which the
 * table compares at each write; the time only says when it makes sense to take over. It is written by one function's clock and
 * read by another's: whoever takes over waits {@link #SKEW_MAX} longer. So a session whose function was killed can be gone on
 * with 10 seconds later at most.
 *
 * @param owner drawn by the function for each session that it takes; {@link #NOBODY} where the lease is free
 * @param fence raised by one with each owner
 * @param until by the clock of the owner; where it is nobody's, since when
 */
public record Lease(String owner, long fence, Instant until) {
    /** How long a function may be silent. */
    public static final Duration DURATION = Duration.ofSeconds(8);

    /** How far apart the clocks of two functions may be without the lease of a living one being taken. */
    public static final Duration SKEW_MAX = Duration.ofSeconds(2);

    /** After so much of it a lease is renewed, so that two attempts may fail. */
    static final Duration RENEWED_AFTER = DURATION.dividedBy(3);

    static final String NOBODY = "-";

    /** @param now by the clock of whoever wants to take over */
    boolean isFree(Instant now) {
        return isNobodys() || !until.plus(SKEW_MAX).isAfter(now);
    }

    /** Given back, or never taken. */
    boolean isNobodys() {
        return owner.equals(NOBODY);
    }

    /** The longest until it is free, if nobody renews it. */
    Duration leftAt(Instant now) {
        Duration left = Duration.between(now, until.plus(SKEW_MAX));
        return left.isNegative() ? Duration.ZERO : left;
    }

    static Lease first(String owner, Instant now) {
        return new Lease(owner, 1, now.plus(DURATION));
    }

    /** Of a session that whoever comes first takes. */
    static Lease queued(Instant now) {
        return new Lease(NOBODY, 1, now);
    }

    Lease takenBy(String other, Instant now) {
        return new Lease(other, fence + 1, now.plus(DURATION));
    }

    Lease renewed(Instant now) {
        return new Lease(owner, fence, now.plus(DURATION));
    }

    Lease givenBack(Instant now) {
        return new Lease(NOBODY, fence, now);
    }

    boolean isOf(String someone, long someFence) {
        return owner.equals(someone) && fence == someFence;
    }
}
