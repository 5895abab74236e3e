package io.wanspec.functions.store;

import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.functions.session.SessionObserver;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.settings.StoreSettings;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Remembers sessions: gives each a recorder, and finds them again. */
public final class SessionStore implements AutoCloseable {
    private static final int DRAIN_SECONDS = 5;

    private final SessionTable table;
    private final StoreSettings settings;
    private final Clock clock;
    private final StoreCounters counters = new StoreCounters();
    private final ExecutorService background = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("recorder-", 0).factory());
    private final String owner = UUID.randomUUID().toString();

    public SessionStore(SessionTable table, StoreSettings settings, Clock clock) {
        this.table = table;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Makes sure of the record before the session starts, where that is required. Blocks.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException if the table cannot be written
     */
    public void reserve(SessionRequest request) {
        if (settings.required()) {
            table.update(first(request));
        }
    }

    /** An observer for one session, which writes in the background. */
    public SessionObserver recorder() {
        return new SessionRecorder(table, counters, settings, background, this::first);
    }

    /** Blocks. */
    public Optional<SessionRecord> find(SessionId id) {
        return table.find(id);
    }

    public StoreCounters counters() {
        return counters;
    }

    /** Waits a little for the last states to be written. */
    @Override
    public void close() {
        background.shutdown();
        try {
            if (!background.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS)) {
                background.shutdownNow();
            }
        } catch (InterruptedException e) {
            background.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private SessionRecord first(SessionRequest request) {
        var generation = request.generation();
        var now = clock.instant();
        return new SessionRecord(
                generation.session(),
                SessionStatus.RUNNING,
                owner,
                1,
                request.target().name(),
                request.speculation().mode().word(),
                generation.sampling(),
                generation.maxTokens(),
                generation.stop(),
                generation.prompt(),
                Tokens.none(),
                "",
                "",
                now,
                now.plus(settings.timeToLive()));
    }
}
