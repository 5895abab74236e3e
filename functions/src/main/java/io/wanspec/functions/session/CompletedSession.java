package io.wanspec.functions.session;

import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.controller.FinishReason;
import io.wanspec.controller.Progress;
import io.wanspec.controller.StopRule;

/** A session whose text was complete before its function was killed: all that is left is to say so. */
final class CompletedSession implements SessionBody {
    private final SessionRequest request;
    private final FinishReason reason;

    CompletedSession(SessionRequest request, FinishReason reason) {
        this.request = request;
        this.reason = reason;
    }

    @Override
    public SessionOutcome run() {
        return new SessionOutcome.Finished(reason, ledger());
    }

    @Override
    public void cancel() {}

    @Override
    public Ledger ledger() {
        Progress progress = request.continuation().progress();
        String text = String.join("", progress.shown(StopRule.of(request.generation())));
        return Ledgers.targetOnly(text, progress.tokens(), 0, 0, request.arrivedNanos(), request.arrivedNanos());
    }

    @Override
    public long draftsDropped() {
        return 0;
    }
}
