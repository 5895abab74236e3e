package io.wanspec.functions.store;

import io.wanspec.functions.table.Due;
import io.wanspec.functions.table.ItemKey;
import io.wanspec.functions.table.Update;
import java.time.Duration;
import java.time.Instant;

/** What is to become of a session that somebody looks at from time to time. */
public final class SweepRule {
    /**
     * So long anybody may still go on with a session that no function has: after its function was lost, or its client has left it.
     * OpenAI's clients wait ten minutes for an answer by default: who has not come back by then has given up too. The record
     * stays, as incomplete, until its own time is over; the same request can be made again.
     */
    public static final Duration GRACE = Duration.ofMinutes(10);

    /** So long a session waits in the queue for its turn: nobody but the queue decides when that is. */
    public static final Duration QUEUED_MAX = Duration.ofHours(12);

    /** So long whoever is asked to go on with a session is given; a second message does no harm, the lease decides. */
    static final Duration ASKED_AGAIN_AFTER = Duration.ofSeconds(30);

    private static final Duration ASKED_AGAIN_AFTER_MAX = Duration.ofMinutes(5);

    private SweepRule() {}

    /** What to do. */
    public sealed interface Verdict {
        /** Nothing before then. */
        record LookAgain(Instant at) implements Verdict {}

        /** Nobody went on with it: it is incomplete for good. */
        record GiveUp() implements Verdict {}

        /** Its time is over. */
        record Delete() implements Verdict {}
    }

    static Verdict judge(SessionHead head, Instant now, Duration grace) {
        if (!head.expiresAt().isAfter(now)) {
            return new Verdict.Delete();
        }
        if (head.status() != SessionStatus.RUNNING) {
            return new Verdict.LookAgain(head.expiresAt());
        }
        Duration patience = head.background() && head.lease().isNobodys() ? QUEUED_MAX : grace;
        Instant givenUp = head.lease().until().plus(patience);
        return now.isBefore(givenUp)
                ? new Verdict.LookAgain(earliest(givenUp, head.expiresAt()))
                : new Verdict.GiveUp();
    }

    /**
     * Background work does, for as long as it would have waited for its turn. Each attempt begins its lease anew, so that nobody
     * would ever give up what readers try again and again: from then on the next failure of theirs is its end.
     */
    static boolean outlastsOutages(SessionHead head, Instant now) {
        return head.background() && now.isBefore(head.createdAt().plus(QUEUED_MAX));
    }

    private static Instant earliest(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    /** The longer nobody could go on, the less often somebody is asked: messages wait in the queue as long as the target is away. */
    static Duration askedAgainAfter(SessionHead head, Instant now) {
        Duration half = Duration.between(head.lease().until(), now).dividedBy(2);
        Duration most = half.compareTo(ASKED_AGAIN_AFTER_MAX) < 0 ? half : ASKED_AGAIN_AFTER_MAX;
        return most.compareTo(ASKED_AGAIN_AFTER) > 0 ? most : ASKED_AGAIN_AFTER;
    }

    static Instant firstLook(SessionHead head) {
        return earliest(head.createdAt().plus(GRACE), head.expiresAt());
    }

    static Update lookAgain(ItemKey key, Update update, Instant at) {
        return Due.at(key, update, at);
    }
}
