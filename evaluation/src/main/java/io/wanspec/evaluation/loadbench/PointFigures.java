package io.wanspec.evaluation.loadbench;

import io.wanspec.evaluation.passes.LatePasses;
import io.wanspec.evaluation.passes.PassCount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a point has shown so far, round by round. */
final class PointFigures {
    /** Different reasons that are told apart. */
    private static final int REASONS_MAX = 20;

    private static final String OTHER = "other reasons";
    private static final double NANOS_PER_MS = 1e6;

    private final LoadPoint point;
    private final KnownTexts texts;
    private final double slowness;
    private final List<Double> firstMs = new ArrayList<>();
    private final Map<String, Integer> reasons = new HashMap<>();
    private final List<PassCount> passes = new ArrayList<>();
    private double tokens;
    private double seconds;
    private int refused;
    private int left;
    private int whole;
    private boolean identical = true;

    PointFigures(LoadPoint point, KnownTexts texts, double slowness) {
        this.point = point;
        this.texts = texts;
        this.slowness = slowness;
    }

    /**
     * Takes what a round has shown.
     *
     * @param answered all requests of it, those of its beginning and end as well
     * @param counted passes of the round; none without a pace
     */
    void add(Window window, List<Answered> answered, List<PassCount> counted) {
        seconds += window.seconds();
        passes.addAll(counted);
        for (Answered each : answered) {
            count(each);
            tokens += each.arrivals().tokensWithin(window, tokens(each));
            addWait(window, each);
        }
    }

    /** Takes a round for which the time ran out: nothing was measured, but who failed has failed. */
    void cutShort(List<Answered> answered) {
        answered.forEach(this::count);
    }

    private void count(Answered answered) {
        refused += answered.refused();
        Optional<String> difference = texts.difference(answered);
        identical &= difference.isEmpty();
        answered.failure().or(() -> difference).ifPresent(this::failed);
        switch (answered.end()) {
            case Answered.End.Whole _ -> whole++;
            case Answered.End.Left _ -> left++;
            case Answered.End.NotLetIn _, Answered.End.TooLate _, Answered.End.Failed _ -> {}
        }
    }

    private void addWait(Window window, Answered answered) {
        if (window.contains(answered.arrivals().askedNanos())) {
            answered.waitedNanos().ifPresent(nanos -> firstMs.add(nanos / NANOS_PER_MS / slowness));
        }
    }

    private double tokens(Answered answered) {
        if (texts.difference(answered).isPresent()) {
            return 0;
        }
        return switch (answered.end()) {
            case Answered.End.Whole(var ledger, var _) -> ledger.tokens();
            case Answered.End.Left(String text) ->
                texts.tokens(answered.question().number(), text.length());
            // What was streamed before it failed is of no use to anybody.
            case Answered.End.NotLetIn _, Answered.End.TooLate _, Answered.End.Failed _ -> 0;
        };
    }

    private void failed(String reason) {
        reasons.merge(reasons.size() < REASONS_MAX || reasons.containsKey(reason) ? reason : OTHER, 1, Integer::sum);
    }

    /** Whether all texts were those of an idle server. */
    boolean isIdentical() {
        return identical;
    }

    PointRow row() {
        return new PointRow(
                point,
                seconds == 0 ? 0 : tokens / seconds * slowness,
                Percentile.of(firstMs, 50),
                Percentile.of(firstMs, 95),
                reasons.values().stream().mapToInt(Integer::intValue).sum(),
                reasons,
                refused,
                left,
                whole,
                firstMs.size(),
                seconds,
                LatePasses.share(passes),
                identical);
    }
}
