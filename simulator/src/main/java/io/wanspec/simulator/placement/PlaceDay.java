package io.wanspec.simulator.placement;

import io.wanspec.controller.placement.DraftPlace;
import io.wanspec.simulator.world.Wan;
import java.util.List;

/**
 * How a place is over a day. Times are nanoseconds since midnight.
 *
 * @param rttMs of the way to it in quiet hours
 * @param jitterMs the same
 * @param passMs of a draft pass in quiet hours
 * @param peakHour when it has most else to do
 * @param swing how much longer a pass takes then, as a share
 * @param spells when it is away, or the way to it is worse
 */
record PlaceDay(
        DraftPlace place,
        double rttMs,
        double jitterMs,
        double passMs,
        double peakHour,
        double swing,
        List<Spell> spells) {
    static final long HOUR_NANOS = 3_600_000_000_000L;
    private static final double HOURS = 24;
    private static final double NANOS_PER_MS = 1e6;
    private static final double NODE_SHARE = 0.05;
    private static final double JITTER_SHARE = 0.1;

    /** A time in which it is away, or further away. */
    record Spell(long fromNanos, long toNanos, double extraMs, boolean away) {
        boolean isAt(long nanos) {
            return nanos >= fromNanos && nanos < toNanos;
        }
    }

    PlaceDay {
        spells = List.copyOf(spells);
    }

    boolean isUp(long nanos) {
        return spells.stream().noneMatch(spell -> spell.away() && spell.isAt(nanos));
    }

    Wan wanAt(long nanos) {
        double extra = spells.stream()
                .filter(spell -> spell.isAt(nanos))
                .mapToDouble(Spell::extraMs)
                .sum();
        return new Wan(rttMs + extra, jitterMs + JITTER_SHARE * extra, 0, 0);
    }

    /** Of a pass over so many nodes. */
    long passNanos(int nodes, long nanos) {
        return (long) (passMs * (1 + swing * load(nanos)) * (1 + NODE_SHARE * (nodes - 1)) * NANOS_PER_MS);
    }

    /** From 0 in the quiet half of the day to 1 at its peak. */
    private double load(long nanos) {
        double hours = (double) nanos / HOUR_NANOS - peakHour;
        double wave = Math.max(0, Math.cos(2 * Math.PI * hours / HOURS));
        return wave * wave;
    }
}
