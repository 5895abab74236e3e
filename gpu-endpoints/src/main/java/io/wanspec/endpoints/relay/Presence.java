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
    private long beat;
    private long askedNanos;
    private long answeredNanos;
    private long tookNanos = -1;

    /** @param sinceNanos when it asked */
    private record Waiting(long sinceNanos, Runnable there) {}

    /** Somebody who is to be told, and when. */
    record Told(Duration after, Runnable there) {}

    /** What a question leads to. */
    sealed interface Next {
        /** A beat has to be sent, and {@link #sent} told its number. */
        record Beat() implements Next {}

        /** One that is under way will answer it. */
        record Wait() implements Next {}

        /** There was an answer just now. */
        record Known(Told told) implements Next {}

        /** Too many wait: it gets no answer. */
        record Full() implements Next {}
    }

    Next ask(Runnable there, long nowNanos) {
        if (tookNanos >= 0 && nowNanos - answeredNanos < TRUSTED.toNanos()) {
            return new Next.Known(new Told(Duration.ofNanos(tookNanos), there));
        }
        if (waiting.size() >= WAITING_MAX) {
            return new Next.Full();
        }
        waiting.add(new Waiting(nowNanos, there));
        return beat == 0 ? new Next.Beat() : new Next.Wait();
    }

    void sent(long number, long nowNanos) {
        beat = number;
        askedNanos = nowNanos;
    }

    /** The worker has answered a beat; beats go one way, and come back, in order. */
    List<Told> answered(long number, long nowNanos) {
        if (beat == 0 || number < beat) {
            return List.of();
        }
        beat = 0;
        answeredNanos = nowNanos;
        tookNanos = nowNanos - askedNanos;
        List<Told> told = waiting.stream()
                .map(one ->
                        new Told(Duration.ofNanos(Math.max(0, tookNanos - (nowNanos - one.sinceNanos()))), one.there()))
                .toList();
        waiting.clear();
        return told;
    }

    /** Nobody is told any more. */
    void over() {
        waiting.clear();
    }
}
