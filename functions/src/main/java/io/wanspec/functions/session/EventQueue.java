package io.wanspec.functions.session;

import io.wanspec.controller.Event;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Events of one session in the order of their times. What draft workers send is dropped when it is full: that only costs
 * speed. What must not be lost is bounded by the protocol (one round, one end of a link) and has room of its own, which no
 * worker can fill.
 */
final class EventQueue {
    /** Room beyond the capacity for events that are not a worker's drafts or its readiness. */
    static final int RESERVE = 256;

    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Letter> queue = new ArrayDeque<>();
    private long dropped;
    private long deliveredNanos = Long.MIN_VALUE;

    private record Letter(Event event, BooleanSupplier wanted) {}

    EventQueue(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Adds an event, which gets the time of now: times never decrease from one event to the next.
     *
     * @param wanted asked when the event's turn comes; one that is no longer wanted is skipped
     * @return false if there was no room
     */
    boolean post(LongFunction<Event> event, BooleanSupplier wanted) {
        lock.lock();
        try {
            Event stamped = event.apply(System.nanoTime());
            if (queue.size() >= room(stamped)) {
                dropped++;
                return false;
            }
            queue.add(new Letter(stamped, wanted));
            arrived.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Workers are not trusted, so what they send shares the plain capacity; the target and the client have a reserve. */
    private int room(Event event) {
        return switch (event) {
            case Event.WorkerDrafted drafted -> capacity;
            case Event.WorkerReady ready -> capacity;
            case Event.WorkerLost lost -> capacity + RESERVE / 2;
            case Event.Started started -> capacity + RESERVE;
            case Event.TargetReady ready -> capacity + RESERVE;
            case Event.TargetVerified verified -> capacity + RESERVE;
            case Event.TargetForgotPrefix forgot -> capacity + RESERVE;
            case Event.TargetLost lost -> capacity + RESERVE;
            case Event.Woken woken -> capacity + RESERVE;
            case Event.ClientGone gone -> capacity + RESERVE;
        };
    }

    /** The next event; {@link Event.Woken} if that time comes first. */
    Event next(OptionalLong wakeAtNanos) throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                Event head = head();
                if (head != null && (wakeAtNanos.isEmpty() || head.atNanos() < wakeAtNanos.getAsLong())) {
                    queue.remove();
                    return delivered(head);
                }
                if (head != null) {
                    return delivered(new Event.Woken(Math.max(wakeAtNanos.getAsLong(), deliveredNanos)));
                }
                if (wakeAtNanos.isEmpty()) {
                    arrived.await();
                } else if (arrived.awaitNanos(wakeAtNanos.getAsLong() - System.nanoTime()) <= 0 && queue.isEmpty()) {
                    return delivered(new Event.Woken(System.nanoTime()));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** The first event that is still wanted, which stays where it is. */
    private @Nullable Event head() {
        while (true) {
            Letter letter = queue.peek();
            if (letter == null || letter.wanted().getAsBoolean()) {
                return letter == null ? null : letter.event();
            }
            queue.remove();
        }
    }

    private Event delivered(Event event) {
        deliveredNanos = event.atNanos();
        return event;
    }

    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }
}
