package io.wanspec.functions.observe;

import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.controller.NoteCode;
import io.wanspec.controller.Progress;
import io.wanspec.functions.session.SessionObserver;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionRequest;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line when a session ends, and one for everything unusual. Never a prompt, never a text. */
public final class SessionLog implements SessionObserver {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLog.class);

    @Override
    public void started(SessionRequest request) {
        LOG.debug(
                "session={} started mode={} promptTokens={} workers={}",
                request.generation().session(),
                request.speculation().mode().word(),
                request.generation().prompt().size(),
                request.workers().size());
    }

    @Override
    public void committed(int position, Progress more) {}

    @Override
    public void noted(SessionId session, NoteCode code, String detail) {
        LOG.warn("session={} note={} {}", session, code, detail);
    }

    @Override
    public void ended(SessionRequest request, SessionOutcome outcome, long draftsDropped) {
        Ledger ledger = outcome.ledger();
        LOG.info(
                "session={} ended={} mode={} tokens={} targetPasses={} busyDraftPasses={} remoteDraftPasses={} "
                        + "acceptance={} stallMs={} wanBytes={} ttftMs={} totalMs={} dropped={}",
                request.generation().session(),
                describe(outcome),
                request.speculation().mode().word(),
                ledger.tokens(),
                ledger.targetPasses(),
                ledger.busyDraftPasses(),
                ledger.remoteDraftPasses(),
                String.format(Locale.ROOT, "%.3f", ledger.acceptance()),
                Math.round(ledger.stallMs()),
                ledger.wanBytes(),
                Math.round(ledger.timeToFirstTokenMs()),
                Math.round(ledger.totalMs()),
                draftsDropped);
    }

    private static String describe(SessionOutcome outcome) {
        return switch (outcome) {
            case SessionOutcome.Finished finished -> finished.reason().name();
            case SessionOutcome.Failed failed -> failed.failure() + " (" + failed.message() + ")";
        };
    }
}
