package io.wanspec.functions.follow;

import io.wanspec.contracts.SessionId;
import io.wanspec.controller.SeenText;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionOutcome.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A text wherever it is made: read from the session if that runs here, from its record otherwise; and if nobody makes it any
 * more, this process goes on with it, as long as somebody reads. Used by one thread. Its end is told only when the record has
 * it, so that whoever is told can ask for it.
 */
final class FollowedText implements TextSource {
    /** How often a record is looked for that is not there yet: it is written a moment after what names it. */
    private static final int MISSES_MAX = 4;

    /** How long the record is waited for before the end is told all the same: the text is whole, whatever the table does. */
    private static final Duration RECORDED_WITHIN = Duration.ofSeconds(2);

    private final SessionId session;
    private final RunningTexts running;
    private final TextRecords records;
    private final boolean queued;
    private @Nullable TextSource here;
    private final TextReader record;
    private final LookPauses pauses = new LookPauses();
    private boolean found;

    /**
     * @param queued whether a worker begins it, and nobody else
     * @param here the session's own text, if it was started here behind its record, and has a reader for this one already
     */
    FollowedText(
            SessionId session, RunningTexts running, TextRecords records, boolean queued, @Nullable TextSource here) {
        this.session = session;
        this.running = running;
        this.records = records;
        this.queued = queued;
        this.here = here;
        this.record = records.reader(session);
    }

    /** @throws MissingTextException if there is no such text any more */
    @Override
    public Portion from(int piece) throws InterruptedException {
        while (true) {
            if (here == null) {
                here = running.find(session).map(TextLog::read).orElse(null);
            }
            Portion portion = here == null ? recorded(piece) : local(here, piece);
            if (!portion.pieces().isEmpty() || portion.end() != null) {
                return portion;
            }
        }
    }

    /** A session that has moved has not ended: the record says what follows. */
    private Portion local(TextSource log, int piece) throws InterruptedException {
        Portion portion = log.from(piece);
        if (portion.end() == null) {
            return portion;
        }
        records.awaitRecorded(session, RECORDED_WITHIN);
        if (hasMoved(portion.end())) {
            close();
            return new Portion(portion.seen(), null);
        }
        return portion;
    }

    private Portion recorded(int piece) throws InterruptedException {
        TextStanding standing = await();
        SeenText more = record.seenFrom(piece);
        SessionOutcome end = record.end();
        if (end != null || !more.isEmpty()) {
            pauses.news();
            return new Portion(more, end);
        }
        if (standing.lapsed() && (standing.begun() || !queued)) {
            here = records.resume(session, WithoutReaders.HAND_OVER)
                    .map(TextLog::read)
                    .orElse(null);
        }
        if (here == null) {
            pause(standing.left());
        }
        return new Portion(List.of(), null);
    }

    /** One that was there, and is not there any more, was deleted. */
    private TextStanding await() throws InterruptedException {
        Optional<TextStanding> standing = record.look();
        for (int i = 0; standing.isEmpty() && !found && i < MISSES_MAX; i++) {
            pause(Duration.ZERO);
            standing = record.look();
        }
        found = true;
        return standing.orElseThrow(this::missing);
    }

    private void pause(Duration left) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(pauses.next(left).toNanos());
    }

    private MissingTextException missing() {
        return new MissingTextException(session);
    }

    private static boolean hasMoved(SessionOutcome end) {
        return end instanceof SessionOutcome.Failed(var failure, var _, var _) && failure == Failure.MOVED;
    }

    @Override
    public void close() {
        if (here != null) {
            here.close();
            here = null;
        }
    }
}
