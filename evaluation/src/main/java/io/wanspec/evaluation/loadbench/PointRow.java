package io.wanspec.evaluation.loadbench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What came of a point, all its rounds together.
 *
 * @param tokensPerSecond of all clients together, while all of them were served
 * @param ttftP50Ms from the request to the first of its text, in milliseconds, median; absent if nobody asked within a window
 * @param ttftP95Ms the same, 95th percentile
 * @param failed requests that got no whole answer, or another text than an idle server gave
 * @param reasons why, and how often
 * @param refused how often a request was told to try again later; it was, and the wait counts as its own
 * @param left requests whose clients left in mid-stream, as they were to
 * @param answers whole ones
 * @param waits requests whose time to first token counts
 * @param seconds that were measured
 * @param overruns with a pace: passes that took longer than it, as a share of the worst server's; else 0
 * @param identical whether all texts were those of an idle server
 */
public record PointRow(
        LoadPoint point,
        double tokensPerSecond,
        OptionalDouble ttftP50Ms,
        OptionalDouble ttftP95Ms,
        int failed,
        Map<String, Integer> reasons,
        int refused,
        int left,
        int answers,
        int waits,
        double seconds,
        double overruns,
        boolean identical) {
    /** Beyond this share of passes that took longer than the pace, the pace was none. */
    static final double OVERRUNS_MAX = 0.01;

    public PointRow {
        reasons = Map.copyOf(reasons);
    }

    /** Whether its figures count. */
    public boolean valid() {
        return whyInvalid().isEmpty();
    }

    /** Why its figures do not count, for a person; empty if they do. */
    List<String> whyInvalid() {
        List<String> reasons = new ArrayList<>();
        if (seconds == 0) {
            reasons.add("no time was left to measure it");
        }
        if (!identical) {
            reasons.add("a text was not that of an idle server");
        }
        if (overruns > OVERRUNS_MAX) {
            reasons.add(String.format(
                    Locale.ROOT, "%.1f %% of a server's passes took longer than the pace", 100 * overruns));
        }
        return reasons;
    }

    /** Reasons of failures, the most frequent first, for a person. */
    public List<String> failures() {
        return reasons.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(each -> point.words() + ": " + each.getValue() + " failed: " + each.getKey())
                .toList();
    }
}
