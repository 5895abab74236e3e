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
        LOG.atDebug()
                .addKeyValue("session", request.generation().session())
                .addKeyValue("mode", request.speculation().mode().word())
                .addKeyValue("promptTokens", request.generation().prompt().size())
                .addKeyValue("workers", request.workers().size())
                .log("A session started");
    }

    @Override
    public void committed(int position, Progress more) {}

    @Override
    public void noted(SessionId session, NoteCode code, String detail) {
        LOG.atWarn().addKeyValue("session", session).addKeyValue("note", code).log("In a session: {}", detail);
    }

    @Override
    public void ended(SessionRequest request, SessionOutcome outcome, long draftsDropped) {
        Ledger ledger = outcome.ledger();
        LOG.atInfo()
                .addKeyValue("session", request.generation().session())
                .addKeyValue("ended", describe(outcome))
                .addKeyValue("mode", request.speculation().mode().word())
                .addKeyValue("tokens", ledger.tokens())
                .addKeyValue("targetPasses", ledger.targetPasses())
                .addKeyValue("busyDraftPasses", ledger.busyDraftPasses())
                .addKeyValue("remoteDraftPasses", ledger.remoteDraftPasses())
                .addKeyValue("acceptance", String.format(Locale.ROOT, "%.3f", ledger.acceptance()))
                .addKeyValue("stallMs", Math.round(ledger.stallMs()))
                .addKeyValue("wanBytes", ledger.wanBytes())
                .addKeyValue("ttftMs", Math.round(ledger.timeToFirstTokenMs()))
                .addKeyValue("totalMs", Math.round(ledger.totalMs()))
                .addKeyValue("dropped", draftsDropped)
                .log("A session ended");
    }

    private static String describe(SessionOutcome outcome) {
        return switch (outcome) {
            case SessionOutcome.Finished finished -> finished.reason().name();
            case SessionOutcome.Failed failed -> failed.failure() + " (" + failed.message() + ")";
        };
    }
}
