package io.wanspec.controller.timeline;

import io.wanspec.contracts.timeline.TimelineEvent;
import java.util.function.Predicate;

/** Passes events on while there is room. Frames, which may be many, have half of it; there is always room for the end. */
final class EventLog {
    static final int EVENTS_MAX = 4_096;
    static final int FRAMES_MAX = EVENTS_MAX / 2;
    private static final double MICROS_PER_MS = 1e3;
    private static final double NANOS_PER_MICRO = 1e3;

    private final long arrivedNanos;
    private final Predicate<TimelineEvent> to;
    private double last;
    private int events;
    private int frames;
    private long dropped;

    /**
     * @param arrivedNanos from when times are counted
     * @param to says whether it has room for an event, and takes it then
     */
    EventLog(long arrivedNanos, Predicate<TimelineEvent> to) {
        this.arrivedNanos = arrivedNanos;
        this.to = to;
    }

    /** Milliseconds since the request came, to the microsecond; never less than at the call before. */
    double at(long nanos) {
        last = Math.max(last, Math.round((nanos - arrivedNanos) / NANOS_PER_MICRO) / MICROS_PER_MS);
        return last;
    }

    void add(TimelineEvent event) {
        if (hasRoom(event) && to.test(event)) {
            events++;
        } else {
            dropped++;
        }
    }

    private boolean hasRoom(TimelineEvent event) {
        if (event instanceof TimelineEvent.End) {
            return true;
        }
        boolean room = events < EVENTS_MAX - 1;
        return event instanceof TimelineEvent.Frame ? room && frames++ < FRAMES_MAX : room;
    }

    long dropped() {
        return dropped;
    }
}
