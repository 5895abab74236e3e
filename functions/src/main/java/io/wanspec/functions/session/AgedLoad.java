package io.wanspec.functions.session;

import io.wanspec.controller.LearnedEstimates;
import io.wanspec.controller.estimate.LoadSeen;
import java.time.Duration;
import java.time.Instant;

/** How loaded the target was, and when: a load is no habit, and what is older than a minute says nothing of the present one. */
public record AgedLoad(LoadSeen seen, Instant at) {
    static final Duration KEPT = Duration.ofSeconds(60);
    private static final AgedLoad NONE = new AgedLoad(LoadSeen.nothing(), Instant.EPOCH);

    public static AgedLoad none() {
        return NONE;
    }

    /** A request has ended: what it has found, or what was known before if the target told it nothing. */
    public AgedLoad after(LearnedEstimates begun, LearnedEstimates learned, Instant now) {
        return learned.load().equals(begun.load()) ? this : new AgedLoad(learned.load(), now);
    }

    public AgedLoad orNewer(AgedLoad other) {
        return other.at.isAfter(at) ? other : this;
    }

    /** What a session that begins now may believe; clocks of functions may differ by as much as is believed. */
    public LoadSeen believedAt(Instant now) {
        return Duration.between(at, now).abs().compareTo(KEPT) <= 0 ? seen : LoadSeen.nothing();
    }
}
