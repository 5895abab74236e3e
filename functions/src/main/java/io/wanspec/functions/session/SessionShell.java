package io.wanspec.functions.session;

import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.controller.FinishReason;
import io.wanspec.functions.session.SessionOutcome.Failure;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every session has in common, whatever its mode: it is announced, it runs, and it has exactly one end, which client
 * and observers are told. Whatever fails on the way, the client does not wait for ever.
 */
final class SessionShell implements Runnable, SessionControl {
    private static final Logger LOG = LoggerFactory.getLogger(SessionShell.class);

    private final SessionRequest request;
    private final SessionBody body;
    private final SessionSink sink;
    private final Observers observers;
    private final AtomicReference<@Nullable Wish> wish = new AtomicReference<>();

    /** Why the session is to end before its text does. */
    private enum Wish {
        CANCEL,
        LEAVE,
        RECORD_GONE
    }

    /** Makes the part of a session that depends on its mode. */
    interface BodyFactory {
        SessionBody create(SessionSink sink, SessionObserver observer);
    }

    SessionShell(SessionRequest request, SessionSink sink, List<SessionObserver> observers, BodyFactory factory) {
        this.request = request;
        this.observers = new Observers(id(), observers);
        this.sink = new DurableSink(sink, this.observers);
        this.body = factory.create(this.sink, this.observers);
    }

    SessionId id() {
        return request.generation().session();
    }

    @Override
    public void cancel() {
        wish.compareAndSet(null, Wish.CANCEL);
        body.cancel();
    }

    @Override
    public void leave() {
        wish.compareAndSet(null, Wish.LEAVE);
        body.cancel();
    }

    @Override
    public void recordGone() {
        wish.compareAndSet(null, Wish.RECORD_GONE);
        body.cancel();
    }

    @Override
    public void run() {
        @Nullable SessionOutcome end = null;
        try {
            observers.attached(this);
            observers.started(request);
            end = asWished(body.run());
        } catch (InterruptedException e) {
            end = failed("the function is shutting down");
        } catch (RuntimeException bug) {
            LOG.error("Session {} ends by a bug", id(), bug);
        } finally {
            // Also if an Error passes through: it ends the thread, but not before everybody has been told.
            end(end == null ? failed("internal error") : end);
        }
    }

    /** To the body it is all the same why nobody wants more of it. */
    private SessionOutcome asWished(SessionOutcome outcome) {
        boolean cancelled =
                outcome instanceof SessionOutcome.Finished(var reason, var _) && reason == FinishReason.CANCELLED;
        return cancelled
                ? switch (wish.get()) {
                    case LEAVE ->
                        new SessionOutcome.Failed(
                                Failure.MOVED, "whoever asks for it next goes on with it", outcome.ledger());
                    case RECORD_GONE ->
                        new SessionOutcome.Failed(
                                Failure.RECORD_GONE,
                                "its record is gone: it was deleted, or lost with the table that held it",
                                outcome.ledger());
                    case CANCEL -> outcome;
                    case null -> outcome;
                }
                : outcome;
    }

    /** The client comes first: an observer that blocks must not hold its answer. */
    private void end(SessionOutcome outcome) {
        observers.ending(outcome);
        try {
            tellClient(outcome);
        } finally {
            observers.ended(request, outcome, body.draftsDropped());
        }
    }

    private void tellClient(SessionOutcome outcome) {
        try {
            sink.ended(outcome);
        } catch (RuntimeException bug) {
            LOG.error("Session {} could not tell its client how it ended", id(), bug);
        }
    }

    private SessionOutcome failed(String message) {
        return new SessionOutcome.Failed(Failure.INTERNAL, message, ledger());
    }

    private Ledger ledger() {
        try {
            return body.ledger();
        } catch (RuntimeException | Error bug) {
            LOG.error("Session {} cannot say what it cost", id(), bug);
            return Ledgers.none(request.arrivedNanos());
        }
    }
}
