package io.wanspec.functions.http;

import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionSink;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Waits for a session's end; the ledger holds the whole text. */
final class WholeSink implements SessionSink {
    private final CompletableFuture<SessionOutcome> outcome = new CompletableFuture<>();

    @Override
    public boolean text(List<String> pieces) {
        return true;
    }

    @Override
    public void ended(SessionOutcome end) {
        outcome.complete(end);
    }

    SessionOutcome await() {
        return outcome.join();
    }
}
