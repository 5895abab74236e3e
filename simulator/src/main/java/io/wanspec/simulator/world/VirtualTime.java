package io.wanspec.simulator.world;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.Queue;

/** What happens when, in nanoseconds; things of the same time happen in the order in which they were planned. */
public final class VirtualTime {
    private final Queue<Happening> later = new PriorityQueue<>();

    /** Planned for the time at which it was planned: such happenings need no sorting. */
    private final Deque<Happening> immediate = new ArrayDeque<>();

    private long planned;
    private long now;

    private record Happening(long atNanos, long order, Runnable what) implements Comparable<Happening> {
        @Override
        public int compareTo(Happening other) {
            return atNanos != other.atNanos ? Long.compare(atNanos, other.atNanos) : Long.compare(order, other.order);
        }
    }

    public long now() {
        return now;
    }

    /** Plans something for {@code atNanos}, which must not be in the past. */
    public void at(long atNanos, Runnable what) {
        if (atNanos < now) {
            throw new IllegalArgumentException("cannot plan for " + atNanos + " ns at " + now + " ns");
        }
        if (atNanos == now) {
            immediate.add(new Happening(now, planned++, what));
        } else {
            at(atNanos, planned++, what);
        }
    }

    /** The place in the order of something that is planned now, to be given to {@link #at(long, long, Runnable)} later. */
    long reserve() {
        return planned++;
    }

    /** Plans something for a time to come, as if it had been planned when its place in the order was reserved. */
    void at(long atNanos, long order, Runnable what) {
        later.add(new Happening(atNanos, order, what));
    }

    /**
     * Lets the next thing happen.
     *
     * @return false if there is none
     */
    public boolean step() {
        Happening first = immediate.peek();
        Happening next = later.peek();
        if (first != null && (next == null || first.compareTo(next) < 0)) {
            immediate.remove();
            first.what().run();
            return true;
        }
        if (next == null) {
            return false;
        }
        later.remove();
        now = next.atNanos();
        next.what().run();
        return true;
    }
}
