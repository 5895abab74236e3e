package io.wanspec.endpoints.compute;

import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.Sequence;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that wait until there is room for their caches; used on the compute thread only.
 *
 * <p>Order: whoever's caller has the fewest sequences in use, and among those who has some of its text already, as after a restart of
 * this server, before who has none, and then whose request came first, be it on another link ({@link Places}). Sessions of no known caller count as one caller's. A room that is full refuses newcomers, and whoever has waited for
 * {@link #WAIT_MAX} is told that the server is busy, which a peer takes better than silence: it comes again.
 */
public final class WaitingRoom {
    /** Most sessions that wait. */
    public static final int WAITING_MAX = 192;

    /** Less than a peer gives a question until it takes the link for lost. */
    static final Duration WAIT_MAX = Duration.ofSeconds(20);

    private final Sequences sequences;
    private final int waitingMax;
    private final Duration waitMax;
    private final LongSupplier clock;
    private final Places places = new Places();
    private final Map<Object, Waiting> line = new LinkedHashMap<>();
    private final Map<String, Integer> inUse = new HashMap<>();

    /**
     * @param sinceNanos when it came, this time
     * @param placeNanos when its request first did
     */
    private record Waiting(Guest guest, Runnable wake, CacheNeed need, long sinceNanos, long placeNanos) {
        String caller() {
            return guest.callerName();
        }

        boolean isNew() {
            return !guest.begun();
        }
    }

    WaitingRoom(Sequences sequences, int waitingMax) {
        this(sequences, waitingMax, WAIT_MAX, System::nanoTime);
    }

    WaitingRoom(Sequences sequences, int waitingMax, Duration waitMax, LongSupplier nanoTime) {
        this.sequences = sequences;
        this.waitingMax = waitingMax;
        this.waitMax = waitMax;
        long begin = nanoTime.getAsLong();
        clock = () -> nanoTime.getAsLong() - begin;
        sequences.onRoom(this::callFirst);
    }

    /**
     * A sequence for a session, if it is its turn.
     *
     * @param session who asks; asks again when it is woken
     * @param wake has it ask again; called when it may be its turn
     * @param guest for whom
     * @param need what its cache may come to hold
     * @return null if it has to wait
     * @throws OverloadedException if too many wait already, or it has waited too long
     */
    public Sequences.@Nullable Lease enter(Object session, Runnable wake, Guest guest, Tokens prefix, CacheNeed need) {
        String name = guest.callerName();
        if (!line.containsKey(session) && !(line.isEmpty() && sequences.hasRoom(need))) {
            long now = clock.getAsLong();
            refuseIfFull(guest.begun() || places.knows(guest.caller(), guest.request(), now));
            line.put(session, new Waiting(guest, wake, need, now, places.since(guest.caller(), guest.request(), now)));
            CompletableFuture.delayedExecutor(waitMax.toNanos(), TimeUnit.NANOSECONDS)
                    .execute(wake);
        }
        if (!line.isEmpty() && !(sequences.hasRoom(need) && session.equals(first()))) {
            refuseAfterLongWait(session);
            return null;
        }
        line.remove(session);
        var _ = places.since(guest.caller(), guest.request(), clock.getAsLong());
        try {
            Sequences.Lease lease = sequences.acquire(prefix, Optional.ofNullable(guest.caller()), need);
            inUse.merge(name, 1, Integer::sum);
            return new Counted(lease, name);
        } finally {
            callFirst();
        }
    }

    /** Requests that have had a place may come again where newcomers may not, as many of them at most. */
    private void refuseIfFull(boolean comesAgain) {
        if (line.size() >= (comesAgain ? 2 * waitingMax : waitingMax)) {
            throw new OverloadedException(
                    "all sequences are in use, and " + line.size() + " sessions wait already; try again in a moment");
        }
    }

    private void refuseAfterLongWait(Object session) {
        Waiting waiting = line.get(session);
        if (waiting != null && clock.getAsLong() - waiting.sinceNanos() >= waitMax.toNanos()) {
            leave(session);
            throw new OverloadedException(
                    "all sequences have been in use for " + waitMax.toSeconds() + " s; try again in a moment");
        }
    }

    /** A session does not wait any more, if it did. */
    public void leave(Object session) {
        if (line.remove(session) != null) {
            callFirst();
        }
    }

    private void callFirst() {
        Waiting next = line.isEmpty() ? null : line.get(first());
        if (next != null && sequences.hasRoom(next.need())) {
            next.wake().run();
        }
    }

    private Object first() {
        return line.entrySet().stream()
                .min(Comparator.<Map.Entry<Object, Waiting>>comparingInt(
                                entry -> inUse.getOrDefault(entry.getValue().caller(), 0))
                        .thenComparing(entry -> entry.getValue().isNew())
                        .thenComparingLong(entry -> entry.getValue().placeNanos()))
                .orElseThrow()
                .getKey();
    }

    /** A lease whose end lets the next one in. */
    private final class Counted implements Sequences.Lease {
        private final Sequences.Lease lease;
        private final String caller;
        private boolean released;

        private Counted(Sequences.Lease lease, String caller) {
            this.lease = lease;
            this.caller = caller;
        }

        @Override
        public Sequence sequence() {
            return lease.sequence();
        }

        @Override
        public boolean isHeld() {
            return lease.isHeld();
        }

        @Override
        public boolean reserve(int tokens, Runnable more) {
            return lease.reserve(tokens, more);
        }

        @Override
        public boolean share(Tokens prefix, Runnable more) {
            return lease.share(prefix, more);
        }

        @Override
        public void computed() {
            lease.computed();
        }

        @Override
        public void release(Tokens held) {
            lease.release(held);
            if (!released) {
                released = true;
                inUse.computeIfPresent(caller, (name, count) -> count == 1 ? null : count - 1);
                callFirst();
            }
        }
    }
}
