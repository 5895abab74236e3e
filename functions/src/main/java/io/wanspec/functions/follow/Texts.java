package io.wanspec.functions.follow;

import io.wanspec.contracts.SessionId;
import io.wanspec.controller.SeenText;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.session.Sessions;
import io.wanspec.functions.table.Change;
import io.wanspec.functions.table.Write;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Texts wherever they are made, or were. Without records there are those of this process, while they are made. */
public final class Texts {
    private final RunningTexts running;
    private final @Nullable TextRecords records;

    public Texts(RunningTexts running, Optional<TextRecords> records) {
        this.running = running;
        this.records = records.orElse(null);
    }

    /**
     * Starts a session, which goes on as long as somebody reads its text. Blocks where a record is required, and throws the SDK's
     * exceptions if it cannot be written: then nothing has started.
     *
     * @param recorded whether whoever loses the text can go on reading: then there is a record before anything else, and the end is
     *     told when it is recorded
     */
    public TextSource start(Sessions.Admission admission, SessionRequest request, boolean recorded) {
        SessionId session = request.generation().session();
        if (records == null) {
            return started(admission, request, WithoutReaders.CANCEL);
        }
        records.reserve(request, recorded);
        return recorded
                ? new FollowedText(
                        session, running, records, false, started(admission, request, WithoutReaders.HAND_OVER))
                : new FromFirstWrite(session, running, records, started(admission, request, WithoutReaders.CANCEL));
    }

    private TextSource started(Sessions.Admission admission, SessionRequest request, WithoutReaders without) {
        return running.start(admission, request, without, SeenText.none(), _ -> {})
                .read();
    }

    /** Records a session that is started here next, in one transaction with another item; only with records. */
    public Write reserve(SessionRequest request, Change with) {
        return records().reserve(request, with);
    }

    /** The same for one that somebody else is to begin. */
    public Write queue(SessionRequest request, Change with) {
        return records().queue(request, with);
    }

    /** Records a session that somebody else is to begin; only with records. */
    public void queue(SessionRequest request) {
        records().queue(request);
    }

    /**
     * Of a session that was started before, by whomever; only with records.
     *
     * @param queued whether a worker begins it, and nobody else
     */
    public TextSource follow(SessionId session, boolean queued) {
        return new FollowedText(session, running, records(), queued, null);
    }

    /** As recorded; only with records. */
    public Optional<RecordedText> find(SessionId session) {
        return records().find(session);
    }

    /** Whether one whose record another item tells of was deleted or has expired; only with records. */
    public boolean isGone(SessionId session) {
        return records().isGone(session);
    }

    /** Goes on with a text that has lapsed, whether or not anybody reads it. */
    public void resume(SessionId session) {
        if (running.find(session).isEmpty()) {
            records().resume(session, WithoutReaders.GO_ON);
        }
    }

    /** Has somebody else go on with a text that has lapsed, once for each lapse, and seldom again while nobody does. */
    public void askOnce(SessionId session, Runnable ask) {
        if (running.find(session).isEmpty()) {
            records().askOnce(session, ask);
        }
    }

    /** Nobody wants more of it: no function goes on with it. */
    public void cancel(SessionId session) {
        records().cancel(session);
        running.find(session).ifPresent(TextLog::cancel);
    }

    /** Whoever makes it stops, and nothing of it is left. */
    public void delete(SessionId session) {
        cancel(session);
        records().delete(session);
    }

    private TextRecords records() {
        if (records == null) {
            throw new IllegalStateException("without a table no text is recorded");
        }
        return records;
    }
}
