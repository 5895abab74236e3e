package io.wanspec.local.process;

import java.time.Duration;
import java.util.Optional;

/**
 * When a process that died is started again: at once or nearly so the first time, later and later while it keeps dying, and in
 * the end not at all.
 *
 * @param failuresMax deaths and failed starts within {@code within} after which it is given up; 0: it never is started again
 * @param first longest pause after the first failure; doubled for each further one
 * @param last longest pause of all
 */
public record RestartRule(int failuresMax, Duration within, Duration first, Duration last) {
    /** Whatever died stays dead. */
    public static final RestartRule NEVER = new RestartRule(0, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /** Five failures within two minutes; a server takes some seconds to start. */
    public static final RestartRule STANDARD =
            new RestartRule(5, Duration.ofMinutes(2), Duration.ofMillis(500), Duration.ofSeconds(8));

    public RestartRule {
        if (failuresMax < 0 || within.isNegative() || first.isNegative() || last.compareTo(first) < 0) {
            throw new IllegalArgumentException("a rule of restarts counts up, and waits longer and longer");
        }
    }

    /**
     * How long to wait before the next start; empty to give up.
     *
     * @param failures those within the last {@link #within}, this one included
     * @param jitter from 0 to 1: half of the pause is random, so that several do not come back in step
     */
    public Optional<Duration> pauseAfter(int failures, double jitter) {
        if (failures >= failuresMax) {
            return Optional.empty();
        }
        long longest = last.toMillis();
        int doublings = Math.min(failures - 1, Long.SIZE / 2);
        long full = Math.min(longest, first.toMillis() << doublings);
        return Optional.of(Duration.ofMillis(Math.round(full * (1 + jitter) / 2)));
    }
}
