package io.wanspec.simulator.world;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** What happens when, in nanoseconds; things of the same time happen in the order in which they were planned. */
public final class VirtualTime {
    private long[] times = new long[256];
    private long[] orders = new long[256];
    private Runnable[] happenings = new Runnable[256];
    private final Deque<Immediate> immediate = new ArrayDeque<>();
    private int size;
    private long planned;
    private long now;

    /** Planned for the time at which it was planned: such happenings need no heap. */
    private record Immediate(long order, Runnable happening) {}

    public long now() {
        return now;
    }

    /** Plans something for {@code atNanos}, which must not be in the past. */
    public void at(long atNanos, Runnable happening) {
        if (atNanos < now) {
            throw new IllegalArgumentException("cannot plan for " + atNanos + " ns at " + now + " ns");
        }
        if (atNanos == now) {
            immediate.add(new Immediate(planned++, happening));
        } else {
            at(atNanos, planned++, happening);
        }
    }

    /** The place in the order of something that is planned now, to be given to {@link #at(long, long, Runnable)} later. */
    long reserve() {
        return planned++;
    }

    /** Plans something for a time to come, as if it had been planned when its place in the order was reserved. */
    void at(long atNanos, long order, Runnable happening) {
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            orders = Arrays.copyOf(orders, size * 2);
            happenings = Arrays.copyOf(happenings, size * 2);
        }
        int at = size++;
        while (at > 0 && isBefore(atNanos, order, (at - 1) / 2)) {
            move((at - 1) / 2, at);
            at = (at - 1) / 2;
        }
        set(at, atNanos, order, happening);
    }

    /**
     * Lets the next thing happen.
     *
     * @return false if there is none
     */
    public boolean step() {
        Immediate first = immediate.peek();
        if (first != null && (size == 0 || times[0] > now || orders[0] > first.order())) {
            immediate.remove();
            first.happening().run();
            return true;
        }
        if (size == 0) {
            return false;
        }
        now = times[0];
        Runnable next = happenings[0];
        removeFirst();
        next.run();
        return true;
    }

    private void removeFirst() {
        size--;
        int at = 0;
        int child = 1;
        while (child < size) {
            if (child + 1 < size && isBefore(times[child + 1], orders[child + 1], child)) {
                child++;
            }
            if (isBefore(times[size], orders[size], child)) {
                break;
            }
            move(child, at);
            at = child;
            child = 2 * at + 1;
        }
        move(size, at);
    }

    private boolean isBefore(long time, long order, int other) {
        return time < times[other] || (time == times[other] && order < orders[other]);
    }

    private void move(int from, int to) {
        set(to, times[from], orders[from], happenings[from]);
    }

    private void set(int at, long time, long order, Runnable happening) {
        times[at] = time;
        orders[at] = order;
        happenings[at] = happening;
    }
}
