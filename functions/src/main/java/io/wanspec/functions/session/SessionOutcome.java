package io.wanspec.functions.session;

import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.controller.FinishReason;

/** How a session ended. */
public sealed interface SessionOutcome {
    Ledger ledger();

    /**
     * Whether the session itself has not ended here, and another function goes on with it. One that is gone on with has no client
     * who was told that it failed: it waits as its continuation says.
     */
    default boolean isLeftToOthers(SessionRequest request) {
        return this instanceof Failed(var failure, var _, var _)
                && (failure == Failure.MOVED || isToWait(failure, request.continuation()));
    }

    private static boolean isToWait(Failure failure, Continuation from) {
        return !from.isFresh()
                && switch (failure) {
                    case MOVED, TARGET_STARTING -> true;
                    case TARGET_UNAVAILABLE, DEADLINE_EXCEEDED -> from.waits() != Continuation.Waits.FOR_AN_INSTANCE;
                    case RECORD_GONE -> false;
                    case INTERNAL -> from.waits() == Continuation.Waits.WHATEVER_FAILS;
                };
    }

    record Finished(FinishReason reason, Ledger ledger) implements SessionOutcome {}

    /** @param message for the client */
    record Failed(Failure failure, String message, Ledger ledger) implements SessionOutcome {}

    /** Kinds of failure. */
    enum Failure {
        TARGET_UNAVAILABLE,
        /** The target has no instance in service yet: a job waits, a client may send the same again in minutes. */
        TARGET_STARTING,
        DEADLINE_EXCEEDED,
        /** The session itself has not ended: another function goes on with it, and makes the same text. */
        MOVED,
        /** It was deleted, or was lost with what it was kept in: nobody can go on with it, and nobody finds it. */
        RECORD_GONE,
        INTERNAL
    }
}
