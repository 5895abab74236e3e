package io.wanspec.functions.resume;

import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.store.SessionRecord;
import java.time.Duration;

/** What came of the wish to go on with a session. */
public sealed interface Resumable {
    /**
     * It is this function's: start {@code request}, or give it back ({@link Resumption#giveBack}).
     *
     * @param record as it was when it was taken; its text goes to the client first
     */
    record Ready(SessionRequest request, SessionRecord record) implements Resumable {}

    /** Not now: another function has it, or the target cannot be reached. */
    record Later(String reason, Duration pause) implements Resumable {}

    /** It has ended, now or before. */
    record Ended(SessionRecord record) implements Resumable {}

    /** There is none, or its time is over. */
    record Unknown() implements Resumable {}
}
