package io.wanspec.functions.http;

import io.wanspec.functions.flow.BoundedPublisher;
import io.wanspec.functions.follow.Rendering;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionSink;
import java.time.Duration;
import java.util.List;

/** Turns a session's text into server-sent events. A client that reads too slowly holds the session back, then loses it. */
final class StreamSink implements SessionSink {
    private final Rendering rendering;
    private final BoundedPublisher<byte[]> events;
    private final Duration clientTimeout;
    private final ClientConnection.Watch watch;
    private boolean begun;

    /** @param watch ended with the session: a connection outlives many requests */
    StreamSink(
            Rendering rendering,
            BoundedPublisher<byte[]> events,
            Duration clientTimeout,
            ClientConnection.Watch watch) {
        this.rendering = rendering;
        this.events = events;
        this.clientTimeout = clientTimeout;
        this.watch = watch;
    }

    @Override
    public boolean text(List<String> pieces) {
        return begin() && put(rendering.pieces(pieces));
    }

    @Override
    public void ended(SessionOutcome outcome) {
        try {
            if (begin()) {
                put(rendering.end(outcome));
            }
        } finally {
            // Even if the end could not be written: a stream without an end would let the client wait.
            events.complete();
            watch.close();
        }
    }

    /** With what comes first: nothing goes out before the session is durable. */
    private boolean begin() {
        boolean first = !begun;
        begun = true;
        return !first || put(rendering.begin());
    }

    private boolean put(List<byte[]> some) {
        try {
            for (byte[] event : some) {
                if (!events.put(event, clientTimeout)) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
