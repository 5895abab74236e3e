package io.wanspec.functions.observe;

import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.contracts.request.Mode;
import io.wanspec.functions.session.SessionOutcome;
import java.util.List;
import java.util.Locale;

/**
 * What one session adds to the metrics, in words that do not depend on who is told.
 *
 * @param outcome how it ended, one of few words
 * @param busyPassesSaved draft passes that co-located speculation would have made in the busy region for the same rounds, one for
 *     each drafted position, and that were not made there
 */
record SessionCounts(Mode mode, String outcome, Ledger ledger, long proposed, long accepted, long busyPassesSaved) {
    private static final double MS = 1e3;

    static SessionCounts of(Mode mode, SessionOutcome outcome) {
        Ledger ledger = outcome.ledger();
        long proposed = sum(ledger.proposedByPosition());
        return new SessionCounts(
                mode,
                word(outcome),
                ledger,
                proposed,
                sum(ledger.acceptedByPosition()),
                Math.max(0, proposed - ledger.busyDraftPasses()));
    }

    boolean hasTokens() {
        return ledger.tokens() > 0;
    }

    double firstTokenSeconds() {
        return ledger.timeToFirstTokenMs() / MS;
    }

    double totalSeconds() {
        return ledger.totalMs() / MS;
    }

    double stallSeconds() {
        return ledger.stallMs() / MS;
    }

    /** Between two tokens, on average. */
    double secondsPerToken() {
        int gaps = Math.max(1, ledger.tokens() - 1);
        return Math.max(0, totalSeconds() - firstTokenSeconds()) / gaps;
    }

    private static long sum(List<Integer> counts) {
        return counts.stream().mapToLong(Integer::longValue).sum();
    }

    private static String word(SessionOutcome outcome) {
        return switch (outcome) {
            case SessionOutcome.Finished finished -> finished.reason().name().toLowerCase(Locale.ROOT);
            case SessionOutcome.Failed failed -> failed.failure().name().toLowerCase(Locale.ROOT);
        };
    }
}
