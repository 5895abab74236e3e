package io.wanspec.functions.session;

import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.controller.NoteCode;
import java.util.List;

/** Several observers as one. */
public record Observers(List<SessionObserver> all) implements SessionObserver {
    public Observers {
        all = List.copyOf(all);
    }

    @Override
    public void started(SessionRequest request) {
        all.forEach(o -> o.started(request));
    }

    @Override
    public void committed(int position, Tokens tokens) {
        all.forEach(o -> o.committed(position, tokens));
    }

    @Override
    public void noted(SessionId session, NoteCode code, String detail) {
        all.forEach(o -> o.noted(session, code, detail));
    }

    @Override
    public void ended(SessionRequest request, SessionOutcome outcome, long draftsDropped) {
        all.forEach(o -> o.ended(request, outcome, draftsDropped));
    }
}
