package io.wanspec.evaluation.report;

import io.wanspec.simulator.run.Row;
import io.wanspec.simulator.study.Findings;
import java.util.ArrayList;
import java.util.List;

/** Ideas, scenarios and regions, one below the other. */
final class ComparisonFigures {
    private ComparisonFigures() {}

    static List<Figure> of(Findings findings) {
        List<Figure> figures = new ArrayList<>();
        if (!findings.ablation().isEmpty()) {
            addIdeas(figures, findings.ablation());
        }
        if (!findings.sensitivity().isEmpty()) {
            addScenarios(figures, findings.sensitivity());
        }
        if (!findings.regions().isEmpty()) {
            addRegions(figures, findings.regions());
        }
        return figures;
    }

    private static void addIdeas(List<Figure> figures, List<Row> ablation) {
        figures.add(ideas(Measure.LATENCY, 0.6)
                .figure(
                        "ablation-latency",
                        "Ideas one by one: latency",
                        "From the top: each idea joins all those before it; then the whole lacks one idea at a time.",
                        ablation));
        figures.add(ideas(Measure.BUSY_DRAFT_PASSES, 0)
                .figure(
                        "ablation-busy",
                        "Ideas one by one: busy-region draft passes",
                        "What each idea costs, or saves, in the busy region.",
                        ablation));
        figures.add(ideas(Measure.TARGET_PASSES, 0.6)
                .figure(
                        "ablation-target",
                        "Ideas one by one: target passes",
                        "What each idea costs, or saves, at the target.",
                        ablation));
    }

    private static Comparison ideas(Measure measure, double least) {
        return new Comparison(measure, least, Row::policy, row -> "RTT " + Figures.ms(row.rttMs()) + " ms");
    }

    private static void addScenarios(List<Figure> figures, List<Row> sensitivity) {
        figures.add(new Comparison(Measure.LATENCY, 0.4, Row::scenario, Row::policy)
                .figure(
                        "sensitivity",
                        "Other scenarios at 50 ms",
                        "Latency where acceptance, jitter, the draft's self-knowledge or the pass times differ from the reference;"
                                + " each against B1 in the same scenario.",
                        sensitivity));
        figures.add(new Comparison(Measure.BUSY_DRAFT_PASSES, 0, Row::scenario, Row::policy)
                .figure(
                        "sensitivity-busy",
                        "Other scenarios at 50 ms: busy-region draft passes",
                        "Busy-region draft passes in the same scenarios.",
                        sensitivity));
    }

    private static void addRegions(List<Figure> figures, List<Row> regions) {
        figures.add(new Comparison(Measure.LATENCY, 0.4, ComparisonFigures::regions, Row::policy)
                .figure(
                        "regions",
                        "Between AWS regions",
                        "Latency with round trips from public ping tables and a modest jitter that is our assumption.",
                        regions));
    }

    /** The pair of regions without the scenario before it, and its round trip. */
    private static String regions(Row row) {
        String pair = row.scenario().substring(row.scenario().indexOf(' ') + 1);
        return pair + " (" + Figures.ms(row.rttMs()) + " ms)";
    }
}
