package io.wanspec.functions.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The time of a schedule, as one of its functions sees it. */
final class RaceClock extends Clock {
    private final Now now;
    private final Duration ahead;

    /** The true time. */
    static final class Now {
        private volatile Instant instant;

        Now(Instant instant) {
            this.instant = instant;
        }

        synchronized void pass(Duration time) {
            instant = instant.plus(time);
        }

        Instant instant() {
            return instant;
        }
    }

    RaceClock(Now now, Duration ahead) {
        this.now = now;
        this.ahead = ahead;
    }

    @Override
    public Instant instant() {
        return now.instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
