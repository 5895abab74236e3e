package io.wanspec.functions.follow;

import io.wanspec.contracts.SessionId;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.session.SessionSink;
import io.wanspec.functions.session.Sessions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The texts that sessions of this process are making, as far as more than one client may read them. */
public final class RunningTexts {
    private final Map<SessionId, TextLog> running = new ConcurrentHashMap<>();

    public Optional<TextLog> find(SessionId session) {
        return Optional.ofNullable(running.get(session));
    }

    /**
     * Starts a session whose text can be followed from now on.
     *
     * @param kept whether it goes on without readers
     * @param before pieces that were made earlier
     * @return with one reader at least, if the session is not kept: whoever calls this reads it
     */
    public TextLog start(Sessions.Admission admission, SessionRequest request, boolean kept, List<String> before) {
        SessionId id = request.generation().session();
        var log = new TextLog(kept, before);
        running.put(id, log);
        try {
            log.started(admission.start(request, new Forgetting(id, log)));
        } catch (RuntimeException e) {
            running.remove(id, log);
            throw e;
        }
        return log;
    }

    /** Forgets a text at its end, which is told first. */
    private final class Forgetting implements SessionSink {
        private final SessionId id;
        private final TextLog log;

        Forgetting(SessionId id, TextLog log) {
            this.id = id;
            this.log = log;
        }

        @Override
        public boolean text(List<String> pieces) {
            return log.text(pieces);
        }

        @Override
        public void ended(SessionOutcome outcome) {
            log.ended(outcome);
            running.remove(id, log);
        }
    }
}
