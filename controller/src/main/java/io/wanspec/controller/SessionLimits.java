package io.wanspec.controller;

import java.time.Duration;

/**
 * How long a session may take, and how often it may try again.
 *
 * @param deadline for the whole request
 * @param passTimeout for one round, and for opening the target
 * @param reopenAttempts how often a target is tried again where it is lost without an answer, one time after the other, and once more
 *     where that is while its link is opened: a round or a prefix that ends the target each time must not do so for ever. A target that
 *     cannot be reached is not counted
 * @param linkLife after which a link is left for a new one, before the platform cuts it: SageMaker does so after 30 minutes
 * @param beginsWithin how long a target is tried again that was never there; one that was is tried until the deadline
 */
public record SessionLimits(
        Duration deadline, Duration passTimeout, int reopenAttempts, Duration linkLife, Duration beginsWithin) {
    /** A round that begins just before this time has a minute to end. */
    public static final Duration LINK_LIFE_DEFAULT = Duration.ofMinutes(29);

    /** A model server that is started again is back by then, and a client that is sent away is not kept for long. */
    public static final Duration BEGINS_WITHIN_DEFAULT = Duration.ofSeconds(15);

    public static final SessionLimits DEFAULT = new SessionLimits(Duration.ofMinutes(10), Duration.ofSeconds(60), 2);
    private static final int REOPEN_ATTEMPTS_MAX = 10;

    public SessionLimits {
        if (!deadline.isPositive()
                || !passTimeout.isPositive()
                || !linkLife.isPositive()
                || !beginsWithin.isPositive()) {
            throw new IllegalArgumentException("deadline, pass timeout, link life and time to begin must be positive");
        }
        if (reopenAttempts < 0 || reopenAttempts > REOPEN_ATTEMPTS_MAX) {
            throw new IllegalArgumentException("reopen attempts must be between 0 and " + REOPEN_ATTEMPTS_MAX);
        }
    }

    /** Links that live as long as the platform lets them. */
    public SessionLimits(Duration deadline, Duration passTimeout, int reopenAttempts) {
        this(deadline, passTimeout, reopenAttempts, LINK_LIFE_DEFAULT, BEGINS_WITHIN_DEFAULT);
    }

    public SessionLimits withLinkLife(Duration other) {
        return new SessionLimits(deadline, passTimeout, reopenAttempts, other, beginsWithin);
    }

    public SessionLimits beginningWithin(Duration other) {
        return new SessionLimits(deadline, passTimeout, reopenAttempts, linkLife, other);
    }
}
