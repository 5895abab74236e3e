package io.wanspec.functions.settings;

import io.wanspec.controller.SessionLimits;
import java.time.Duration;

/**
 * Bounds of one process.
 *
 * @param sessionsMax requests that generate at once; one more is answered 429
 * @param mailboxEvents events that wait for one session before drafts are dropped
 * @param maxTokensDefault completion tokens of a request that does not say
 * @param deadline for a whole request
 * @param passTimeout for one round
 * @param reopenAttempts how often a lost link is opened again
 * @param clientTimeout how long a client may leave its text unread before it counts as gone
 * @param guarded whether speculation may be held back where it loses time
 */
public record ServingLimits(
        int sessionsMax,
        int mailboxEvents,
        int maxTokensDefault,
        Duration deadline,
        Duration passTimeout,
        int reopenAttempts,
        Duration clientTimeout,
        boolean guarded) {
    /** As many as one target endpoint is likely to batch. */
    public static final int SESSIONS_MAX_DEFAULT = 64;

    /** Several windows of drafts from several workers. */
    public static final int MAILBOX_EVENTS_DEFAULT = 256;

    public static final int MAX_TOKENS_DEFAULT = 512;
    public static final Duration CLIENT_TIMEOUT_DEFAULT = Duration.ofSeconds(30);

    public ServingLimits {
        requireWithin("max-sessions", sessionsMax, 10_000);
        requireWithin("mailbox-events", mailboxEvents, 100_000);
        requireWithin("default-max-tokens", maxTokensDefault, 131_072);
        if (!deadline.isPositive() || !passTimeout.isPositive() || !clientTimeout.isPositive()) {
            throw new IllegalArgumentException("deadline, pass-timeout and client-timeout must be positive");
        }
    }

    /** Guarded. */
    public ServingLimits(
            int sessionsMax,
            int mailboxEvents,
            int maxTokensDefault,
            Duration deadline,
            Duration passTimeout,
            int reopenAttempts,
            Duration clientTimeout) {
        this(sessionsMax, mailboxEvents, maxTokensDefault, deadline, passTimeout, reopenAttempts, clientTimeout, true);
    }

    public static ServingLimits defaults() {
        return new ServingLimits(
                SESSIONS_MAX_DEFAULT,
                MAILBOX_EVENTS_DEFAULT,
                MAX_TOKENS_DEFAULT,
                SessionLimits.DEFAULT.deadline(),
                SessionLimits.DEFAULT.passTimeout(),
                SessionLimits.DEFAULT.reopenAttempts(),
                CLIENT_TIMEOUT_DEFAULT);
    }

    private static void requireWithin(String name, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(name + " must be between 1 and " + max + ", was " + value);
        }
    }
}
