package io.wanspec.simulator.load;

import io.wanspec.simulator.run.Scenario;
import io.wanspec.simulator.run.Totals;
import java.util.Locale;

/**
 * What a policy did under a load, beside co-located speculation (B1) under the same load.
 *
 * @param choice the variant that stands for the policy
 * @param drafts where the busy region's drafts run
 * @param remoteProcessors of the draft region; 0 for one a session
 * @param load how sessions come
 * @param sessions that were under way on average
 * @param msPerToken a token's time, over all tokens
 * @param p50MsPerToken over requests, as is the next
 * @param latencyVsB1 time a token over B1's
 * @param busyDraftPassesVsB1 busy-region draft passes of a session, a token, over B1's
 * @param roundsPerToken of a session: how often it takes part in a pass of the target
 * @param targetBusyMsPerToken time that the target's accelerator is in passes, over the tokens of all sessions
 */
public record LoadStudyRow(
        String policy,
        String choice,
        String scenario,
        String drafts,
        int remoteProcessors,
        double rttMs,
        String load,
        double sessions,
        double tokensPerSecond,
        double msPerToken,
        double p50MsPerToken,
        double p95MsPerToken,
        double latencyVsB1,
        double busyDraftPassesPerToken,
        double busyDraftPassesVsB1,
        double remoteDraftPassesPerToken,
        double roundsPerToken,
        double draftsPerRound,
        double targetBusyMsPerToken,
        double targetBusyVsB1,
        double rowsPerPass,
        double utilisation,
        int requests,
        long seed) {
    private static final double HALF = 0.5;
    private static final double MOST = 0.95;

    static LoadStudyRow of(
            String policy,
            String choice,
            Scenario scenario,
            Serving serving,
            SessionArrivals arrivals,
            LoadFigures figures,
            LoadFigures b1) {
        Totals totals = figures.totals();
        return new LoadStudyRow(
                policy,
                choice,
                scenario.name(),
                serving.drafts().name().toLowerCase(Locale.ROOT),
                serving.remoteProcessors(),
                scenario.wan().rttMs(),
                arrivals.words(),
                figures.sessions(),
                figures.tokensPerSecond(),
                totals.msPerToken(),
                figures.quantile(HALF),
                figures.quantile(MOST),
                totals.msPerToken() / b1.totals().msPerToken(),
                totals.busyDraftPassesPerToken(),
                totals.busyDraftPassesPerToken() / b1.totals().busyDraftPassesPerToken(),
                totals.remoteDraftPassesPerToken(),
                totals.targetPassesPerToken(),
                totals.draftsPerRound(),
                figures.targetBusyMsPerToken(),
                figures.targetBusyMsPerToken() / b1.targetBusyMsPerToken(),
                figures.rowsPerPass(),
                figures.utilisation(),
                totals.requests(),
                scenario.seed());
    }
}
