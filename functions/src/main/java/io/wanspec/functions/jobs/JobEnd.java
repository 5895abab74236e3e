package io.wanspec.functions.jobs;

import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionSink;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Waits for a session's end; its text goes to the table alone. */
final class JobEnd implements SessionSink {
    private final BlockingQueue<SessionOutcome> outcome = new LinkedBlockingQueue<>(1);

    private volatile boolean progressed;

    @Override
    public boolean text(List<String> pieces) {
        progressed = true;
        return true;
    }

    @Override
    public void ended(SessionOutcome end) {
        if (!outcome.offer(end)) {
            throw new IllegalStateException("a session ends once");
        }
    }

    /** Whether the text grew. */
    boolean hasProgressed() {
        return progressed;
    }

    SessionOutcome await() throws InterruptedException {
        return outcome.take();
    }
}
