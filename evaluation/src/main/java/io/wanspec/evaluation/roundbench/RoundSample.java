package io.wanspec.evaluation.roundbench;

import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.evaluation.passes.PassCount;
import java.util.List;

/**
 * One answer to a single client: what its rounds took, and how much of that were passes.
 *
 * @param firstMs until its first token, in milliseconds
 * @param rounds those behind the first token
 * @param passMs of the busy region's passes in a round, mean
 * @param besideMs what came on top in a round, mean: function, links and servers
 */
record RoundSample(double firstMs, int rounds, double passMs, double besideMs) {
    private static final String TARGET = "target";
    private static final String REMOTE = "remote-draft";

    /**
     * Of a mode in which passes follow one another. The first round is over when the first token comes, so its passes do not count;
     * a pass counts as the mean of its server's.
     *
     * @param ledger of at least two rounds
     * @param passes of all servers while it was made
     */
    static RoundSample of(Ledger ledger, List<PassCount> passes) {
        int rounds = ledger.targetPasses() - 1;
        double passMs = passes.stream()
                        .filter(each -> !each.server().equals(REMOTE))
                        .mapToDouble(each -> each.paddedMs() * (each.server().equals(TARGET) ? share(ledger) : 1))
                        .sum()
                / rounds;
        double roundMs = (ledger.totalMs() - ledger.timeToFirstTokenMs()) / rounds;
        return new RoundSample(ledger.timeToFirstTokenMs(), rounds, passMs, roundMs - passMs);
    }

    /** Of the target's passes, those behind the first token. */
    private static double share(Ledger ledger) {
        return (ledger.targetPasses() - 1.0) / ledger.targetPasses();
    }
}
