package io.wanspec.evaluation.demo;

import io.wanspec.contracts.ledger.Ledger;
import java.util.List;

/**
 * The fixed number of draft tokens a round with which co-located speculative decoding is fastest, from what was measured:
 * it maximises {@code E[tokens a round] / (target pass + k * draft pass)}, where the expectation comes from the acceptance
 * by position.
 */
public final class BestRunLength {
    /** Longest run that is considered. */
    public static final int MAX = 12;

    private static final int ENOUGH = 5;

    private BestRunLength() {}

    /**
     * @param ledger whose acceptance counts
     * @param targetPassMs of one verification
     * @param draftPassMs of one draft pass in the busy region
     */
    public static int of(Ledger ledger, double targetPassMs, double draftPassMs) {
        int best = 1;
        double bestRate = 0;
        double expectedTokens = 1;
        double reached = 1;
        for (int k = 1; k <= MAX; k++) {
            reached *= conditionalAcceptance(ledger, k - 1);
            expectedTokens += reached;
            double rate = expectedTokens / (targetPassMs + k * draftPassMs);
            if (rate > bestRate) {
                best = k;
                bestRate = rate;
            }
        }
        return best;
    }

    /**
     * How often the draft at {@code position} was accepted where all before it were. Where too few were tried to tell, the
     * rate over all positions stands in.
     */
    private static double conditionalAcceptance(Ledger ledger, int position) {
        int reached = reached(ledger, position);
        if (reached < ENOUGH) {
            return pooled(ledger);
        }
        return (double) ledger.acceptedByPosition().get(position) / reached;
    }

    /** Runs in which the draft at {@code position} was tried with all before it accepted; an upper bound. */
    private static int reached(Ledger ledger, int position) {
        List<Integer> proposed = ledger.proposedByPosition();
        if (position >= proposed.size()) {
            return 0;
        }
        int before = position == 0
                ? proposed.getFirst()
                : ledger.acceptedByPosition().get(position - 1);
        return Math.min(proposed.get(position), before);
    }

    private static double pooled(Ledger ledger) {
        int reached = 0;
        int accepted = 0;
        for (int i = 0; i < ledger.proposedByPosition().size(); i++) {
            reached += reached(ledger, i);
            accepted += ledger.acceptedByPosition().get(i);
        }
        return reached == 0 ? 0 : (double) accepted / reached;
    }
}
