package io.wanspec.controller;

import java.time.Duration;

/**
 * How long a session may take, and how often it may try again.
 *
 * @param deadline for the whole request
 * @param passTimeout for one round, and for opening the target
 * @param reopenAttempts how often a lost target link, and each lost worker, is opened again
 */
public record SessionLimits(Duration deadline, Duration passTimeout, int reopenAttempts) {
    public static final SessionLimits DEFAULT = new SessionLimits(Duration.ofMinutes(10), Duration.ofSeconds(60), 2);
    private static final int REOPEN_ATTEMPTS_MAX = 10;

    public SessionLimits {
        if (!deadline.isPositive() || !passTimeout.isPositive()) {
            throw new IllegalArgumentException("deadline and pass timeout must be positive");
        }
        if (reopenAttempts < 0 || reopenAttempts > REOPEN_ATTEMPTS_MAX) {
            throw new IllegalArgumentException("reopen attempts must be between 0 and " + REOPEN_ATTEMPTS_MAX);
        }
    }
}
