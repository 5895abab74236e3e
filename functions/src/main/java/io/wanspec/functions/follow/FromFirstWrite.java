package io.wanspec.functions.follow;

import io.wanspec.contracts.SessionId;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A text that is made here and nobody can ask for later. Nothing is told of it before its record is durable, however long that
 * takes, or could not be made.
 */
record FromFirstWrite(SessionId session, RunningTexts running, TextRecords records, TextSource text)
        implements TextSource {
    /** A session's first moment, before its writer is there. */
    private static final Duration POLL = Duration.ofMillis(5);

    /** How often is looked whether a text came without a writer. */
    private static final Duration WAIT = Duration.ofMillis(100);

    /** Of a session that was started here this process knows, and asks no table: many begin at once. */
    @Override
    public void ready() throws InterruptedException {
        while (!isBegun()) {
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        }
    }

    /** No text is given out before; one that runs no more had its end. */
    private boolean isBegun() throws InterruptedException {
        return records.awaitBegun(session, WAIT)
                || running.find(session).map(TextLog::hasText).orElse(true);
    }

    @Override
    public Portion from(int piece) throws InterruptedException {
        return text.from(piece);
    }

    @Override
    public void close() {
        text.close();
    }
}
