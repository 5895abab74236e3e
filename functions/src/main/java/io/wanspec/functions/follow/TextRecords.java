package io.wanspec.functions.follow;

import io.wanspec.contracts.SessionId;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.table.Change;
import io.wanspec.functions.table.Write;
import java.time.Duration;
import java.util.Optional;

/** Texts that outlive the process that makes them. Blocks; throws the SDK's exceptions if the table does not answer. */
public interface TextRecords {
    /**
     * Makes sure of a session's record before the session starts.
     *
     * @param promised whether somebody may ask for the text later; otherwise only where the settings require it
     */
    void reserve(SessionRequest request, boolean promised);

    /**
     * Makes the record of a session that is to start here, in one transaction with another item: both, or neither.
     *
     * @return a refusal of {@code with}; the record's own is none
     */
    Write reserve(SessionRequest request, Change with);

    /** The same for a session that has not begun. */
    Write queue(SessionRequest request, Change with);

    /** Records a session that has not begun: whoever takes its job begins it. */
    void queue(SessionRequest request);

    /** For whoever looks at it again and again. */
    TextReader reader(SessionId session);

    /**
     * Waits until this process has written a record of it, or could not; asks no table.
     *
     * @return whether that is so; false at once if it writes none
     */
    boolean awaitBegun(SessionId session, Duration most) throws InterruptedException;

    Optional<RecordedText> find(SessionId session);

    /** Whether one whose record another item tells of was deleted or has expired; {@link #find} may not find what is new yet. */
    boolean isGone(SessionId session);

    /**
     * Goes on with a text that has lapsed, here, if nobody else is faster.
     *
     * @return absent if somebody was faster, or if it cannot go on now
     */
    Optional<TextLog> resume(SessionId session, WithoutReaders without);

    /**
     * Has somebody go on with a text that has lapsed, once for each lapse however often this is called, and seldom again while
     * nobody does.
     *
     * @param ask if it throws, it was not asked
     */
    void askOnce(SessionId session, Runnable ask);

    /**
     * Waits until all that this process knows of a text is recorded.
     *
     * @return whether it is, or there is nothing to wait for
     */
    boolean awaitRecorded(SessionId session, Duration most) throws InterruptedException;

    /** Ends a text for good, unless it has ended: whoever makes more of it stops, and nobody goes on. */
    void cancel(SessionId session);

    /** Forgets a text, its prompt and everything else about it. */
    void delete(SessionId session);
}
