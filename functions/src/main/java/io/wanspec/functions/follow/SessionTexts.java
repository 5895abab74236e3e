package io.wanspec.functions.follow;

import io.wanspec.contracts.SessionId;
import io.wanspec.functions.resume.Resumable;
import io.wanspec.functions.resume.Resumption;
import io.wanspec.functions.session.Overloaded;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.session.Sessions;
import io.wanspec.functions.store.SessionHead;
import io.wanspec.functions.store.SessionStatus;
import io.wanspec.functions.store.SessionStore;
import io.wanspec.functions.table.Change;
import io.wanspec.functions.table.Write;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Texts in the records of their sessions. */
public final class SessionTexts implements TextRecords {
    private final SessionStore store;
    private final Resumption resumption;
    private final Sessions sessions;
    private final RunningTexts running;
    private final Consumer<SessionHead> unowned;

    /** @param unowned told of a session that is cancelled while no function has it, as it was */
    public SessionTexts(
            SessionStore store,
            Resumption resumption,
            Sessions sessions,
            RunningTexts running,
            Consumer<SessionHead> unowned) {
        this.unowned = unowned;
        this.store = store;
        this.resumption = resumption;
        this.sessions = sessions;
        this.running = running;
    }

    @Override
    public void reserve(SessionRequest request, boolean promised) {
        store.reserve(request, promised);
    }

    @Override
    public Write reserve(SessionRequest request, Change with) {
        return store.reserve(request, with);
    }

    @Override
    public Write queue(SessionRequest request, Change with) {
        return store.queue(request, with);
    }

    @Override
    public void queue(SessionRequest request) {
        store.queue(request);
    }

    @Override
    public TextReader reader(SessionId session) {
        return new RecordReader(store, session, this::standing);
    }

    @Override
    public boolean awaitBegun(SessionId session, Duration most) throws InterruptedException {
        return store.awaitBegun(session, most);
    }

    @Override
    public Optional<RecordedText> find(SessionId session) {
        return store.find(session)
                .map(record -> new RecordedText(
                        standing(record.head()),
                        record.seen(),
                        RecordedEnds.of(record.head(), record.committed(), record.shown())
                                .orElse(null)));
    }

    @Override
    public boolean isGone(SessionId session) {
        return store.isGone(session);
    }

    private TextStanding standing(SessionHead head) {
        boolean open = head.status() == SessionStatus.RUNNING;
        return new TextStanding(
                !head.isQueued(),
                head.committedTokens(),
                !open,
                store.isLapsed(head),
                open ? store.left(head) : Duration.ZERO);
    }

    @Override
    public void askOnce(SessionId session, Runnable ask) {
        Optional<SessionHead> lapsed = store.head(session).filter(store::isLapsed);
        if (lapsed.isPresent() && store.noteAsked(lapsed.get())) {
            try {
                ask.run();
            } catch (RuntimeException e) {
                store.forgetAsked(lapsed.get());
                throw e;
            }
        }
    }

    @Override
    public Optional<TextLog> resume(SessionId session, WithoutReaders without) {
        if (running.isClosed() || resumption.isInVain(session)) {
            return Optional.empty();
        }
        try (var admission = sessions.admit()) {
            return switch (resumption.resume(session)) {
                case Resumable.Ready ready -> Optional.of(start(admission, ready, without));
                case Resumable.Later _, Resumable.Ended _, Resumable.Unknown _ -> Optional.empty();
            };
        } catch (Overloaded full) {
            return Optional.empty();
        }
    }

    /** An outage ends no background work, whoever goes on with it: no client was promised an answer now. */
    private TextLog start(Sessions.Admission admission, Resumable.Ready ready, WithoutReaders without) {
        try {
            SessionRequest request = store.outlastsOutages(ready.record().head())
                    ? ready.request().throughOutages()
                    : ready.request();
            return running.start(admission, request, without, ready.record().seen(), resumption::cutOff);
        } catch (RuntimeException e) {
            resumption.giveBack(ready);
            throw e;
        }
    }

    @Override
    public boolean awaitRecorded(SessionId session, Duration most) throws InterruptedException {
        return store.awaitWritten(session, most);
    }

    @Override
    public void cancel(SessionId session) {
        store.cancel(session, unowned);
    }

    @Override
    public void delete(SessionId session) {
        store.delete(session);
    }
}
