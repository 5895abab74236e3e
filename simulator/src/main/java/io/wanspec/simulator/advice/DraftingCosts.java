package io.wanspec.simulator.advice;

import io.wanspec.simulator.load.ServedCosts;
import io.wanspec.simulator.region.PriceTable.Price;

/**
 * What serving costs as time on accelerators: a pass is paid for as long as it takes, shared by the sessions in it, at the hour's price
 * of the instance. An instance that stands idle is not in it.
 *
 * @param target USD an hour of the target's instance
 * @param busyDraft USD an hour of a draft's instance in the busy region
 * @param remoteDraft the same in the draft region
 * @param transfer USD a gigabyte between regions
 */
record DraftingCosts(Price target, Price busyDraft, Price remoteDraft, Price transfer) {
    /** Of a draft pass in the busy region, in the reference scenario. */
    static final double BUSY_PASS_MS = 6;

    /** Of one in the draft region, on an accelerator that has no other work. */
    static final double PASS_MS = 8;

    /** What each further session adds to a draft pass, as a share of it. */
    static final double ROW_SHARE = 0.05;

    /** Sessions that share a draft instance: the settings' own default for {@code sessions-each}. */
    private static final int SESSIONS_EACH = 8;

    private static final double MS_AN_HOUR = 3.6e6;
    private static final double MILLION = 1e6;
    private static final double GIGABYTE = 1e9;

    /** USD for a million tokens of answers. */
    double usd(ServedCosts costs, double sessions) {
        double pass = sharedPass(sessions);
        return timeUsd(costs.targetBusyMs(), target)
                + timeUsd(costs.busyDraftPasses() * BUSY_PASS_MS * pass, busyDraft)
                + timeUsd(costs.remoteDraftPasses() * PASS_MS * pass, remoteDraft)
                + costs.wanBytes() * MILLION / GIGABYTE * transfer.usd();
    }

    private static double timeUsd(double msAToken, Price anHour) {
        return msAToken * MILLION / MS_AN_HOUR * anHour.usd();
    }

    /** A session's share of a draft pass. */
    private static double sharedPass(double sessions) {
        double together = Math.clamp(sessions, 1, SESSIONS_EACH);
        return (1 + ROW_SHARE * (together - 1)) / together;
    }
}
