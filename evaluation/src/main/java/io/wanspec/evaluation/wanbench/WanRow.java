package io.wanspec.evaluation.wanbench;

/**
 * One way of serving at one distance, beside co-located speculation (B1) on the same requests; the names are those of
 * {@code wanspec sim}.
 *
 * @param source {@value #MEASURED}, {@value #SIMULATED}, or {@value #BURDENED}: simulated with this machine's overheads on top
 * @param policy its name
 * @param choice which of its variants
 * @param rttMs round trip to the draft region
 * @param msPerToken decoding time a token
 * @param latencyError standard error of {@code latencyVsB1}, request by request
 */
public record WanRow(
        String source,
        String policy,
        String choice,
        double rttMs,
        double msPerToken,
        double latencyVsB1,
        double latencyError,
        double busyDraftPassesVsB1,
        double targetPassesVsB1,
        double remoteDraftPassesPerToken,
        double wanBytesPerToken,
        double stallMsPerToken,
        int requests,
        int tokens) {
    public static final String MEASURED = "measured";
    public static final String SIMULATED = "simulated";
    public static final String BURDENED = "simulated+overheads";

    static WanRow of(String source, Method method, double rttMs, Cost cost, Cost b1) {
        return new WanRow(
                source,
                method.policy(),
                method.choice(),
                rttMs,
                cost.msPerToken(),
                cost.msPerToken() / b1.msPerToken(),
                cost.ratioError(b1),
                cost.busyDraftPassesPerToken() / b1.busyDraftPassesPerToken(),
                cost.targetPassesPerToken() / b1.targetPassesPerToken(),
                cost.remoteDraftPassesPerToken(),
                cost.wanBytesPerToken(),
                cost.stallMsPerToken(),
                cost.requestMsPerToken().size(),
                cost.tokens());
    }

    boolean isMeasured() {
        return source.equals(MEASURED);
    }
}
