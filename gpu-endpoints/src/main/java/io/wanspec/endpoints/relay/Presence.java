package io.wanspec.endpoints.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Questions whether a worker is there, and its answers: one beat answers all who wait for it, and for a second those who come after it. Each of
 * them waits as long as that beat took, so that what it measures is the whole way. Pure but for its memory.
 */
final class Presence {
    static final Duration TRUSTED = Duration.ofSeconds(1);

    /** As many as there may be connections. */
    static final int WAITING_MAX = RelaySettings.SOCKETS_DEFAULT;

    private final List<Waiting> waiting = new ArrayList<>();
    private boolean underWay;
    private long beat;
    private long askedNanos;
    private long answeredNanos;
    private long tookNanos = Long.MAX_VALUE;

    /**
     * @param beat that answers it
     * @param laterNanos how much later than that it came
     */
    private record Waiting(long beat, long laterNanos, Runnable there) {}

    /** Somebody who is to be told, and when. */
    record Told(Duration after, Runnable there) {}

    /** What a question leads to. */
    sealed interface Next {
        /** The next beat has to be sent now. */
        record Beat() implements Next {}

        /** One that is under way will answer it. */
        record Wait() implements Next {}

        /** There was an answer just now. */
        record Known(Told told) implements Next {}

        /** Too many wait: it gets no answer. */
        record Full() implements Next {}
    }

    /** @param next number of the next beat */
    Next ask(Runnable there, long next, long nowNanos) {
        if (tookNanos < TRUSTED.toNanos() && nowNanos - answeredNanos < TRUSTED.toNanos()) {
            return new Next.Known(new Told(Duration.ofNanos(tookNanos), there));
        }
        if (waiting.size() >= WAITING_MAX) {
            return new Next.Full();
        }
        boolean joins = underWay && nowNanos - askedNanos < TRUSTED.toNanos();
        if (!joins) {
            underWay = true;
            beat = next;
            askedNanos = nowNanos;
        }
        waiting.add(new Waiting(beat, nowNanos - askedNanos, there));
        return joins ? new Next.Wait() : new Next.Beat();
    }

    /** The worker has answered a beat; beats go one way, and come back, in order. */
    List<Told> answered(long number, long nowNanos) {
        if (underWay && number >= beat) {
            underWay = false;
            answeredNanos = nowNanos;
            tookNanos = nowNanos - askedNanos;
        }
        List<Told> told = waiting.stream()
                .filter(one -> one.beat() <= number)
                .map(one -> new Told(Duration.ofNanos(one.laterNanos()), one.there()))
                .toList();
        waiting.removeIf(one -> one.beat() <= number);
        return told;
    }

    /** Nobody is told any more. */
    void over() {
        waiting.clear();
    }
}
