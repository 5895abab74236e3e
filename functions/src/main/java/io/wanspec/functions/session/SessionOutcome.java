package io.wanspec.functions.session;

import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.controller.FinishReason;

/** How a session ended. */
public sealed interface SessionOutcome {
    Ledger ledger();

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
        INTERNAL
    }
}
