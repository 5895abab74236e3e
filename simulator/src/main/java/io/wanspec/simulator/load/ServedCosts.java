package io.wanspec.simulator.load;

import io.wanspec.simulator.run.Totals;

/**
 * What a policy costs under a load, for each token.
 *
 * @param latencyMs time that it takes, as its session sees it
 * @param targetBusyMs time that the target's accelerator is in passes, over the tokens of all sessions
 * @param busyDraftPasses of its session in the busy region
 * @param remoteDraftPasses of its session in the draft region
 * @param wanBytes between the regions
 */
public record ServedCosts(
        double latencyMs, double targetBusyMs, double busyDraftPasses, double remoteDraftPasses, double wanBytes) {
    static ServedCosts of(LoadFigures figures) {
        Totals totals = figures.totals();
        return new ServedCosts(
                totals.msPerToken(),
                figures.targetBusyMsPerToken(),
                totals.busyDraftPassesPerToken(),
                totals.remoteDraftPassesPerToken(),
                totals.wanBytesPerToken());
    }
}
