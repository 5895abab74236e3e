package io.wanspec.simulator.advice;

import java.util.List;

/**
 * A target region in the study.
 *
 * @param within20Ms regions whose published round trip is no longer; so the next
 * @param own the best draft regions with an endpoint of one's own, best first
 * @param idle the best fixed one on accelerators that have other work
 * @param hours the best one of each hour of UTC on such accelerators
 * @param movedSaved share of B1's busy-region draft passes that is saved by moving to the best one each hour
 * @param movedLatency of a token over B1's, by moving
 */
public record StudiedTarget(
        String target,
        int within20Ms,
        int within50Ms,
        List<StudiedRegion> own,
        StudiedRegion idle,
        List<BestOfHour> hours,
        double movedSaved,
        double movedLatency) {
    public StudiedTarget {
        own = List.copyOf(own);
        hours = List.copyOf(hours);
    }

    /** A draft region over a day, as {@link Advice} has it. */
    public record StudiedRegion(
            String region,
            double rttMs,
            String roundTrip,
            double saved,
            double latency,
            double usdAMillionTokens,
            double b1UsdAMillionTokens) {
        static StudiedRegion of(Advice advice) {
            return new StudiedRegion(
                    advice.region(),
                    advice.rttMs(),
                    advice.roundTrip(),
                    Digits.rounded(advice.saved()),
                    Digits.rounded(advice.latency()),
                    Digits.rounded(advice.usdAMillionTokens()),
                    Digits.rounded(advice.b1UsdAMillionTokens()));
        }
    }

    /** The best draft region of an hour. */
    public record BestOfHour(int utcHour, String region, double rttMs, double saved, double latency) {}
}
