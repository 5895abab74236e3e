package io.wanspec.functions.follow;

import io.wanspec.contracts.SessionId;
import io.wanspec.controller.FinishReason;
import io.wanspec.functions.session.SessionOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A text wherever it is made: read from the session if that runs here, from its record otherwise; and if nobody makes it any
 * more, this process goes on with it, as long as somebody reads. Used by one thread. Its end is told only when the record has it, so that whoever is told can ask for it.
 */
final class FollowedText implements TextSource {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration END_POLL = Duration.ofMillis(5);

    /** How often a record is looked for that is not there yet: it is written a moment after what names it. */
    private static final int MISSES_MAX = 20;

    /** How often the record is asked for the end before it is told all the same: the text is whole, whatever the table does. */
    private static final int END_POLLS_MAX = 400;

    private final SessionId session;
    private final RunningTexts running;
    private final TextRecords records;
    private @Nullable TextSource here;
    private boolean seen;

    /** @param here the session's own text, if it was started here and has a reader for this one already */
    FollowedText(SessionId session, RunningTexts running, TextRecords records, @Nullable TextSource here) {
        this.session = session;
        this.running = running;
        this.records = records;
        this.here = here;
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

    /** An end without a word about why: the readers have left, and this one comes too late. The record says what follows. */
    private Portion local(TextSource log, int piece) throws InterruptedException {
        Portion portion = log.from(piece);
        if (portion.end() == null) {
            return portion;
        }
        if (isCancelled(portion.end())) {
            close();
            awaitEnd();
            return new Portion(portion.pieces(), null);
        }
        awaitEnd();
        return portion;
    }

    private Portion recorded(int piece) throws InterruptedException {
        RecordedText text = await();
        List<String> more = text.pieces()
                .subList(Math.min(piece, text.pieces().size()), text.pieces().size());
        if (text.end() != null || !more.isEmpty()) {
            return new Portion(more, text.end());
        }
        if (text.lapsed()) {
            here = records.resume(session, false).map(TextLog::read).orElse(null);
        }
        if (here == null) {
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        }
        return new Portion(List.of(), null);
    }

    private void awaitEnd() throws InterruptedException {
        for (int i = 0; i < END_POLLS_MAX; i++) {
            Optional<RecordedText> text = records.find(session);
            if (text.isEmpty() || text.get().end() != null || text.get().lapsed()) {
                return;
            }
            TimeUnit.NANOSECONDS.sleep(END_POLL.toNanos());
        }
    }

    /** One that was there, and is not there any more, was deleted. */
    private RecordedText await() throws InterruptedException {
        Optional<RecordedText> text = records.find(session);
        for (int i = 0; text.isEmpty() && !seen && i < MISSES_MAX; i++) {
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
            text = records.find(session);
        }
        seen = true;
        return text.orElseThrow(() -> new MissingTextException(session));
    }

    private static boolean isCancelled(SessionOutcome end) {
        return end instanceof SessionOutcome.Finished(var reason, var _) && reason == FinishReason.CANCELLED;
    }

    @Override
    public void close() {
        if (here != null) {
            here.close();
            here = null;
        }
    }
}
