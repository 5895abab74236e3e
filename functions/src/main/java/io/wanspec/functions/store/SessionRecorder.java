package io.wanspec.functions.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.controller.FinishReason;
import io.wanspec.controller.NoteCode;
import io.wanspec.controller.Progress;
import io.wanspec.functions.session.SessionObserver;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.settings.StoreSettings;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one session's record from a virtual thread of its own. What comes while a write is under way, or too soon after
 * one, goes into the next: only the newest state waits, so that a slow table costs neither time nor memory. A failed write
 * is counted, logged once a session, and made good by the next one.
 */
final class SessionRecorder implements SessionObserver {
    private static final Logger LOG = LoggerFactory.getLogger(SessionRecorder.class);
    private static final int LAST_WRITE_ATTEMPTS = 3;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final SessionTable table;
    private final StoreCounters counters;
    private final Duration interval;
    private final boolean reserved;
    private final Executor background;
    private final Function<SessionRequest, SessionRecord> first;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable SessionRecord newest;
    private boolean dirty;
    private boolean ended;
    private boolean complained;

    SessionRecorder(
            SessionTable table,
            StoreCounters counters,
            StoreSettings settings,
            Executor background,
            Function<SessionRequest, SessionRecord> first) {
        this.table = table;
        this.counters = counters;
        this.interval = settings.checkpointInterval();
        this.reserved = settings.required();
        this.background = background;
        this.first = first;
    }

    @Override
    public void started(SessionRequest request) {
        SessionRecord record = first.apply(request);
        change(record);
        background.execute(() -> write(record));
    }

    @Override
    public void committed(int position, Progress more) {
        SessionRecord known = current();
        if (known == null) {
            return;
        }
        Tokens before = known.committed();
        int from = position - known.prompt().size();
        // A checkpoint that leaves a gap, or repeats one, would be a bug elsewhere; it must not spoil what is stored.
        if (from == before.size()) {
            change(known.with(known.status(), before.plus(more.tokens()), "", ""));
        }
    }

    @Override
    public void noted(SessionId session, NoteCode code, String detail) {}

    @Override
    public void ended(SessionRequest request, SessionOutcome outcome, long draftsDropped) {
        SessionRecord known = current();
        if (known == null) {
            return;
        }
        String failure = outcome instanceof SessionOutcome.Failed failed ? failed.message() : "";
        SessionRecord end = known.with(status(outcome), known.committed(), "", failure);
        try {
            end = end.with(end.status(), longest(known, outcome), json(outcome.ledger()), failure);
        } finally {
            // Also without a ledger, if that cannot be written: the background thread waits for an end.
            change(end);
        }
    }

    private static Tokens longest(SessionRecord known, SessionOutcome outcome) {
        Ledger ledger = outcome.ledger();
        return ledger.tokens() >= known.committed().size() ? ledger.tokenIds() : known.committed();
    }

    /** The background thread: creates the item, then writes the newest state until it is final. */
    private void write(SessionRecord created) {
        attempt(created.id(), () -> reserved ? table.update(created) : table.create(created));
        try {
            SessionRecord state = created;
            while (state.status() == SessionStatus.RUNNING) {
                state = next();
                SessionRecord written = state;
                boolean last = state.status() != SessionStatus.RUNNING;
                for (int left = last ? LAST_WRITE_ATTEMPTS : 1; left > 0; left--) {
                    if (attempt(created.id(), () -> table.update(written))) {
                        break;
                    }
                    TimeUnit.NANOSECONDS.sleep(interval.toNanos());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets changes gather for a while, but not beyond the session's end, and waits for one if there is none. */
    private SessionRecord next() throws InterruptedException {
        lock.lock();
        try {
            long left = interval.toNanos();
            while (left > 0 && !ended) {
                left = changed.awaitNanos(left);
            }
            while (!dirty) {
                changed.await();
            }
            dirty = false;
            return Objects.requireNonNull(newest);
        } finally {
            lock.unlock();
        }
    }

    private boolean attempt(SessionId session, BooleanSupplier write) {
        try {
            if (write.getAsBoolean()) {
                counters.wrote();
                return true;
            }
            complain(session, "another owner has taken the session over");
        } catch (RuntimeException e) {
            complain(session, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
        return false;
    }

    private void complain(SessionId session, String reason) {
        counters.failed();
        if (!complained) {
            complained = true;
            LOG.warn("session={} is not remembered, and goes on: {}", session, reason);
        }
    }

    private @Nullable SessionRecord current() {
        lock.lock();
        try {
            return newest;
        } finally {
            lock.unlock();
        }
    }

    private void change(SessionRecord state) {
        lock.lock();
        try {
            dirty = newest != null;
            newest = state;
            ended = state.status() != SessionStatus.RUNNING;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static SessionStatus status(SessionOutcome outcome) {
        return switch (outcome) {
            case SessionOutcome.Failed failed -> SessionStatus.FAILED;
            case SessionOutcome.Finished(var reason, var ledger) ->
                reason == FinishReason.CANCELLED ? SessionStatus.CANCELLED : SessionStatus.FINISHED;
        };
    }

    private static String json(Ledger ledger) {
        ObjectNode json = MAPPER.valueToTree(ledger);
        json.remove("text");
        json.remove("tokenIds");
        try {
            return MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
