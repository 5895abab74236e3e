package io.wanspec.functions.session;

import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.controller.Progress;

/**
 * B0, and a link without drafts where its stream breaks: the target may be back in seconds, and a link is opened again by the
 * controller's rule, with the tokens so far, until the request's time is over. The text is the same: a stream that has not said that
 * its model is the request's is not gone on with. One that does not say it may be of a server that ignores rules and log-probabilities:
 * a request that has any is carried out over a link then, which has a version.
 */
final class TargetOnlyOrLinked implements SessionBody {
    private final TargetOnlySession plain;
    private final Rest rest;
    private SessionBody running;
    private boolean cancelled;

    /** Makes what goes on. */
    interface Rest {
        SessionBody after(Progress done);
    }

    TargetOnlyOrLinked(TargetOnlySession plain, Rest rest) {
        this.plain = plain;
        this.rest = rest;
        this.running = plain;
    }

    @Override
    public SessionOutcome run() throws InterruptedException {
        SessionOutcome outcome = plain.run();
        if (!plain.isBrokenOff()) {
            return outcome;
        }
        Ledger before = outcome.ledger();
        return switch (goOn().run()) {
            case SessionOutcome.Finished(var reason, var ledger) ->
                new SessionOutcome.Finished(reason, Ledgers.behind(before, ledger));
            case SessionOutcome.Failed(var failure, var message, var ledger) ->
                new SessionOutcome.Failed(failure, message, Ledgers.behind(before, ledger));
        };
    }

    private synchronized SessionBody goOn() {
        running = rest.after(plain.done());
        if (cancelled) {
            running.cancel();
        }
        return running;
    }

    private synchronized SessionBody running() {
        return running;
    }

    @Override
    public synchronized void cancel() {
        cancelled = true;
        running.cancel();
    }

    /** Asked where the end has none of its own, as after a bug: of the link's half nothing is known then. */
    @Override
    public Ledger ledger() {
        return plain.ledger();
    }

    @Override
    public long draftsDropped() {
        return running().draftsDropped();
    }
}
