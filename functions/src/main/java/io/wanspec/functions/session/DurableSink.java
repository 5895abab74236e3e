package io.wanspec.functions.session;

import io.wanspec.controller.SeenText;
import io.wanspec.functions.crash.CrashPoint;
import java.util.List;

/** Holds back a session's first byte until everything is durable that another function would need to go on with it. */
final class DurableSink implements SessionSink {
    private final SessionSink client;
    private final SessionObserver observer;
    private boolean durable;

    DurableSink(SessionSink client, SessionObserver observer) {
        this.client = client;
        this.observer = observer;
    }

    @Override
    public boolean text(List<String> pieces) {
        return seen(SeenText.of(pieces));
    }

    @Override
    public boolean seen(SeenText more) {
        if (!await()) {
            return false;
        }
        CrashPoint.BEFORE_SENT.reached();
        return client.seen(more);
    }

    /** The end is told in any case. */
    @Override
    public void ended(SessionOutcome outcome) {
        await();
        client.ended(outcome);
    }

    private boolean await() {
        if (!durable) {
            try {
                observer.awaitDurable();
                durable = true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
