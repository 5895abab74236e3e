package io.wanspec.simulator.placement;

import io.wanspec.simulator.run.Totals;

/**
 * A day's requests with one way of placing drafts.
 *
 * @param name of the way, or of the only place
 * @param kind of the only place; empty for others
 * @param latency time of a token, as a ratio to B1's
 * @param busyPasses draft passes in the busy region, as a ratio to B1's
 * @param remotePasses draft passes elsewhere, a token
 */
public record PlacementRow(
        String name, String kind, double msPerToken, double latency, double busyPasses, double remotePasses) {
    static PlacementRow of(String name, String kind, Totals totals, Totals b1) {
        return new PlacementRow(
                name,
                kind,
                rounded(totals.msPerToken()),
                rounded(totals.latencyRatio(b1)),
                rounded(totals.busyDraftPassesPerToken() / b1.busyDraftPassesPerToken()),
                rounded(totals.remoteDraftPassesPerToken()));
    }

    /** Time and busy-region passes together, as shares of B1's. */
    public double cost() {
        return latency + busyPasses;
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
