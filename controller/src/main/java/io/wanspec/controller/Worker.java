package io.wanspec.controller;

import io.wanspec.contracts.WorkerId;
import java.time.Duration;

/**
 * A draft worker that a session may use.
 *
 * @param roundTrip to it and back, as last measured; the session goes on measuring
 * @param placed what part it was given; only remote ones stand by
 */
public record Worker(WorkerId id, Place place, Duration roundTrip, Placed placed) {
    private static final Duration BUSY_ROUND_TRIP = Duration.ofMillis(2);
    private static final Duration REMOTE_ROUND_TRIP = Duration.ofMillis(50);

    public Worker {
        if (roundTrip.isNegative()) {
            throw new IllegalArgumentException("a round trip takes time");
        }
        if (placed.standsBy() && place == Place.BUSY_REGION) {
            throw new IllegalArgumentException(
                    "a worker of the busy region does not stand by: it is asked when it is needed");
        }
    }

    /** Nobody has chosen it among others. */
    public Worker(WorkerId id, Place place, Duration roundTrip) {
        this(id, place, roundTrip, Placed.unasked());
    }

    /** A worker at an unknown distance. */
    public Worker(WorkerId id, Place place) {
        this(id, place, place == Place.BUSY_REGION ? BUSY_ROUND_TRIP : REMOTE_ROUND_TRIP);
    }
}
