package io.wanspec.simulator.advice;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Comparator;
import java.util.List;

/**
 * What is expected of a draft region, over a day; ratios are to co-located speculation (B1) under the same load.
 *
 * @param roundTrip where the round trip is from: published or assumed
 * @param recommended whether it is worth it
 * @param saved share of B1's busy-region draft passes that are not made
 * @param latency of a token, over B1's
 * @param usdAMillionTokens of accelerators' time and transfer
 * @param instanceUsdAMonth of an instance of one's own there, whatever it does; 0 where it is none's own
 * @param passesSavedAMonth busy-region draft passes; 0 if the traffic is not known
 * @param why in words, the weightiest first
 */
@JsonPropertyOrder({
    "region",
    "place",
    "rttMs",
    "roundTrip",
    "recommended",
    "score",
    "saved",
    "latency",
    "usdAMillionTokens",
    "b1UsdAMillionTokens",
    "instanceUsdAMonth",
    "passesSavedAMonth",
    "why",
    "hours"
})
public record Advice(
        String region,
        String place,
        double rttMs,
        String roundTrip,
        boolean recommended,
        double score,
        double saved,
        double latency,
        double usdAMillionTokens,
        double b1UsdAMillionTokens,
        double instanceUsdAMonth,
        double passesSavedAMonth,
        List<String> why,
        List<HourOutcome> hours) {
    /** What is worth it first, by its score; of equal ones the nearest, then by name. */
    public static final Comparator<Advice> BEST_FIRST = Comparator.comparing(Advice::recommended)
            .thenComparingDouble(advice -> Math.rint(advice.score() * 1e4))
            .reversed()
            .thenComparingDouble(Advice::rttMs)
            .thenComparing(Advice::region);

    public Advice {
        why = List.copyOf(why);
        hours = List.copyOf(hours);
    }
}
