package io.wanspec.functions.session;

import io.wanspec.contracts.ledger.Ledger;

/** How one mode makes a request's text. {@link SessionShell} owns its start and its end. */
interface SessionBody {
    /** Makes the text, and gives the sink each piece as it comes. Called once, on the session's thread. */
    SessionOutcome run() throws InterruptedException;

    /** The client is gone. May be called by any thread, at any time, more than once. */
    void cancel();

    /** What the request has cost so far: for an end that {@link #run} could not describe itself. */
    Ledger ledger();

    /** Events that found the session's queue full. */
    long draftsDropped();
}
