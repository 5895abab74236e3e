package io.wanspec.simulator.run;

/**
 * What a policy did in a scenario, beside co-located speculation (B1) in the same scenario on the same texts.
 *
 * @param choice the variant that stands for the policy
 * @param rttMs round trip to the draft region, without jitter
 * @param alpha mean acceptance of the draft's first choice
 * @param latencyVsB1 time a token over B1's
 * @param latencyError standard error of it, request by request
 * @param busyDraftPassesVsB1 busy-region draft passes a token over B1's
 * @param targetPassesVsB1 target passes a token over B1's
 * @param seed of the first request's text; the others follow
 */
public record Row(
        String policy,
        String choice,
        String scenario,
        double rttMs,
        double alpha,
        double msPerToken,
        double latencyVsB1,
        double latencyError,
        double busyDraftPassesVsB1,
        double targetPassesVsB1,
        double draftsPerTargetPass,
        double remoteDraftPassesPerToken,
        double wanBytesPerToken,
        double stallMsPerToken,
        int requests,
        long seed) {
    static Row of(String policy, String choice, Scenario scenario, Totals totals, Totals b1) {
        return new Row(
                policy,
                choice,
                scenario.name(),
                scenario.wan().rttMs(),
                scenario.language().acceptance(),
                totals.msPerToken(),
                totals.latencyRatio(b1),
                totals.latencyRatioError(b1),
                totals.busyDraftPassesPerToken() / b1.busyDraftPassesPerToken(),
                totals.targetPassesPerToken() / b1.targetPassesPerToken(),
                totals.draftsPerRound(),
                totals.remoteDraftPassesPerToken(),
                totals.wanBytesPerToken(),
                totals.stallMsPerToken(),
                scenario.requests(),
                scenario.seed());
    }
}
