package io.wanspec.controller;

import java.time.Duration;

/**
 * How long a session may take, and how often it may try again.
 *
 * @param deadline for the whole request
 * @param passTimeout for one round, and for opening the target
 * @param reopenAttempts how often a lost target link, and each lost worker, is opened again
 * @param linkLife after which a link is left for a new one, before the platform cuts it: SageMaker does so after 30 minutes
 */
public record SessionLimits(Duration deadline, Duration passTimeout, int reopenAttempts, Duration linkLife) {
    /** A round that begins just before this time has a minute to end. */
    public static final Duration LINK_LIFE_DEFAULT = Duration.ofMinutes(29);

    public static final SessionLimits DEFAULT = new SessionLimits(Duration.ofMinutes(10), Duration.ofSeconds(60), 2);
    private static final int REOPEN_ATTEMPTS_MAX = 10;

    public SessionLimits {
        if (!deadline.isPositive() || !passTimeout.isPositive() || !linkLife.isPositive()) {
            throw new IllegalArgumentException("deadline, pass timeout and link life must be positive");
        }
        if (reopenAttempts < 0 || reopenAttempts > REOPEN_ATTEMPTS_MAX) {
            throw new IllegalArgumentException("reopen attempts must be between 0 and " + REOPEN_ATTEMPTS_MAX);
        }
    }

    /** Links that live as long as the platform lets them. */
    public SessionLimits(Duration deadline, Duration passTimeout, int reopenAttempts) {
        this(deadline, passTimeout, reopenAttempts, LINK_LIFE_DEFAULT);
    }

    public SessionLimits withLinkLife(Duration other) {
        return new SessionLimits(deadline, passTimeout, reopenAttempts, other);
    }
}
