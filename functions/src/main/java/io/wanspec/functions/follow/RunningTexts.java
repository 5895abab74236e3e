package io.wanspec.functions.follow;

import io.wanspec.contracts.SessionId;
import io.wanspec.controller.SeenText;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionOutcome.Failure;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.session.SessionSink;
import io.wanspec.functions.session.Sessions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The texts that sessions of this process are making, as far as more than one client may read them. */
public final class RunningTexts implements AutoCloseable {
    private final Sessions sessions;
    private final Map<SessionId, TextLog> running = new ConcurrentHashMap<>();

    private volatile boolean closed;

    public RunningTexts(Sessions sessions) {
        this.sessions = sessions;
    }

    /** From now on nothing is gone on with here: what stops now goes on elsewhere. */
    @Override
    public void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    public Optional<TextLog> find(SessionId session) {
        return Optional.ofNullable(running.get(session));
    }

    /**
     * Starts a session whose text can be followed from now on.
     *
     * @param before pieces that were made earlier
     * @param cutOff told where an outage ended it here, and it is left to others
     * @return with one reader at least, or it would never be without: whoever calls this reads it
     */
    public TextLog start(
            Sessions.Admission admission,
            SessionRequest request,
            WithoutReaders without,
            SeenText before,
            Consumer<SessionId> cutOff) {
        SessionId id = request.generation().session();
        var log = new TextLog(before);
        running.put(id, log);
        try {
            Runnable cancel = admission.start(request, new Forgetting(request, log, cutOff));
            log.started(cancel, alone(id, without, cancel));
        } catch (RuntimeException e) {
            running.remove(id, log);
            throw e;
        }
        return log;
    }

    private Runnable alone(SessionId id, WithoutReaders without, Runnable cancel) {
        return switch (without) {
            case CANCEL -> cancel;
            case HAND_OVER -> () -> sessions.handOver(id);
            case GO_ON -> () -> {};
        };
    }

    /** Forgets a text at its end, which is told first. */
    private final class Forgetting implements SessionSink {
        private final SessionRequest request;
        private final TextLog log;
        private final Consumer<SessionId> cutOff;

        Forgetting(SessionRequest request, TextLog log, Consumer<SessionId> cutOff) {
            this.request = request;
            this.log = log;
            this.cutOff = cutOff;
        }

        @Override
        public boolean text(List<String> pieces) {
            return log.text(pieces);
        }

        @Override
        public boolean seen(SeenText more) {
            return log.seen(more);
        }

        @Override
        public void ended(SessionOutcome outcome) {
            log.ended(asReadersSeeIt(outcome));
            running.remove(request.generation().session(), log);
        }

        /** To a reader it is all the same why the text goes on elsewhere, or later: the record says what follows. */
        private SessionOutcome asReadersSeeIt(SessionOutcome outcome) {
            if (outcome instanceof SessionOutcome.Failed failed
                    && failed.failure() != Failure.MOVED
                    && outcome.isLeftToOthers(request)) {
                cutOff.accept(request.generation().session());
                return new SessionOutcome.Failed(Failure.MOVED, failed.message(), failed.ledger());
            }
            return outcome;
        }
    }
}
