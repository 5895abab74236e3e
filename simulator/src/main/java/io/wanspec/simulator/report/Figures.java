package io.wanspec.simulator.report;

import io.wanspec.simulator.run.CapacityRow;
import io.wanspec.simulator.run.Row;
import io.wanspec.simulator.study.Findings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The figures of a study's findings. */
public final class Figures {
    private static final double LATENCY_MAX = 2.2;
    private static final double BUSY_MAX = 2.2;

    private static final List<String> COMPARED = List.of("b1", "b1p", "paper", "economy", "fast", "eager");

    /** Where the compared policies leave out b2, which is far above. */
    private static final int PRICES_AT = 3;

    private final Findings findings;

    /**
     * A figure.
     *
     * @param name of its file
     * @param meaning what it shows, in a sentence
     */
    public record Figure(String name, String title, String meaning, String svg) {}

    public Figures(Findings findings) {
        this.findings = findings;
    }

    /** All that the findings suffice for. */
    public List<Figure> all() {
        List<Figure> figures = new ArrayList<>();
        if (!findings.sweep().isEmpty()) {
            figures.add(overRtt(
                    "latency",
                    "Latency over the round trip",
                    "Time a token takes as a multiple of co-located speculation's (B1): below the dashed line is faster than B1."
                            + " What lies above the frame is in the table.",
                    "latency / B1",
                    0.6,
                    LATENCY_MAX,
                    Row::latencyVsB1));
            figures.add(overRtt(
                    "busy",
                    "Busy-region draft passes over the round trip",
                    "Draft passes in the busy region as a multiple of B1's: the cost that remote drafting is there to save.",
                    "busy-region draft passes / B1",
                    0,
                    BUSY_MAX,
                    Row::busyDraftPassesVsB1));
            figures.add(overRtt(
                    "target",
                    "Target passes over the round trip",
                    "Target passes as a multiple of B1's: what is saved in drafts must not be spent on the target."
                            + " What lies above the frame is in the table.",
                    "target passes / B1",
                    0.6,
                    LATENCY_MAX,
                    Row::targetPassesVsB1));
        }
        frontiers().forEach(figures::add);
        ablation().forEach(figures::add);
        others().forEach(figures::add);
        if (!findings.capacity().isEmpty()) {
            figures.add(capacity());
        }
        return figures;
    }

    private Figure overRtt(
            String name,
            String title,
            String meaning,
            String yLabel,
            double yMin,
            double yMax,
            ToDoubleFunction<Row> value) {
        List<Series> series = new ArrayList<>();
        grouped(findings.sweep(), Row::policy)
                .forEach((policy, rows) -> series.add(new Series(
                        policy,
                        rows.stream()
                                .sorted(Comparator.comparingDouble(Row::rttMs))
                                .map(row -> new Series.Point(row.rttMs(), value.applyAsDouble(row), hint(row)))
                                .toList(),
                        true)));
        LineChart chart = new LineChart(title, "round trip to the draft region, ms", yLabel, yMin, yMax, true, series);
        return new Figure(name, title, meaning, chart.svg());
    }

    private Stream<Figure> frontiers() {
        return grouped(findings.prices(), row -> label(row.rttMs())).entrySet().stream()
                .map(entry -> frontier(entry.getKey(), entry.getValue()));
    }

    private Figure frontier(String rtt, List<Row> prices) {
        List<Row> policies = Stream.concat(findings.sweep().stream(), findings.ablation().stream())
                .filter(row -> label(row.rttMs()).equals(rtt))
                .toList();
        List<Row> all = Stream.concat(policies.stream(), prices.stream()).toList();
        // In the order of the other figures, so that a policy looks the same in all of them.
        List<Series> series = new ArrayList<>();
        series.add(new Series("best of all", costs(Frontier.of(all)), true));
        COMPARED.forEach(name -> series.add(new Series(name, costs(named(policies, name)), false)));
        series.add(PRICES_AT, new Series("prices", costs(prices), false));
        String title = "Latency against busy-region passes at " + rtt + " ms";
        LineChart chart = new LineChart(title, "busy-region draft passes / B1", "latency / B1", 0.6, 1.8, true, series);
        return new Figure(
                "frontier-" + rtt,
                title,
                "Each point is a policy; the line joins those that no other beats in both, of all policies, ablations and prices.",
                chart.svg());
    }

    private static List<Row> named(List<Row> rows, String policy) {
        return rows.stream().filter(row -> row.policy().equals(policy)).toList();
    }

    private static List<Series.Point> costs(List<Row> rows) {
        return rows.stream()
                .map(row -> new Series.Point(row.busyDraftPassesVsB1(), row.latencyVsB1(), hint(row)))
                .toList();
    }

    private Stream<Figure> ablation() {
        if (findings.ablation().isEmpty()) {
            return Stream.of();
        }
        return Stream.of(
                byName(
                        "ablation-latency",
                        "Ideas one by one: latency",
                        "From the top: each idea joins all those before it; then the whole lacks one idea at a time.",
                        "latency / B1",
                        0.6,
                        findings.ablation(),
                        Row::policy,
                        row -> "RTT " + label(row.rttMs()) + " ms",
                        Row::latencyVsB1,
                        Row::latencyError),
                byName(
                        "ablation-busy",
                        "Ideas one by one: busy-region draft passes",
                        "What each idea costs, or saves, in the busy region.",
                        "busy-region draft passes / B1",
                        0,
                        findings.ablation(),
                        Row::policy,
                        row -> "RTT " + label(row.rttMs()) + " ms",
                        Row::busyDraftPassesVsB1,
                        row -> 0),
                byName(
                        "ablation-target",
                        "Ideas one by one: target passes",
                        "What each idea costs, or saves, at the target.",
                        "target passes / B1",
                        0.6,
                        findings.ablation(),
                        Row::policy,
                        row -> "RTT " + label(row.rttMs()) + " ms",
                        Row::targetPassesVsB1,
                        row -> 0));
    }

    private Stream<Figure> others() {
        List<Figure> figures = new ArrayList<>();
        if (!findings.sensitivity().isEmpty()) {
            figures.add(byName(
                    "sensitivity",
                    "Other scenarios at 50 ms",
                    "Latency where acceptance, jitter, the draft's self-knowledge or the pass times differ from the reference;"
                            + " each against B1 in the same scenario.",
                    "latency / B1",
                    0.4,
                    findings.sensitivity(),
                    Row::scenario,
                    Row::policy,
                    Row::latencyVsB1,
                    Row::latencyError));
            figures.add(byName(
                    "sensitivity-busy",
                    "Other scenarios at 50 ms: busy-region draft passes",
                    "Busy-region draft passes in the same scenarios.",
                    "busy-region draft passes / B1",
                    0,
                    findings.sensitivity(),
                    Row::scenario,
                    Row::policy,
                    Row::busyDraftPassesVsB1,
                    row -> 0));
        }
        if (!findings.regions().isEmpty()) {
            figures.add(byName(
                    "regions",
                    "Between AWS regions",
                    "Latency with round trips from public ping tables and a modest jitter that is our assumption.",
                    "latency / B1",
                    0.4,
                    findings.regions(),
                    row -> row.scenario().substring(row.scenario().indexOf(' ') + 1) + " (" + label(row.rttMs()) + ")",
                    Row::policy,
                    Row::latencyVsB1,
                    Row::latencyError));
        }
        return figures.stream();
    }

    private static Figure byName(
            String name,
            String title,
            String meaning,
            String xLabel,
            double xMin,
            List<Row> rows,
            Function<Row, String> line,
            Function<Row, String> series,
            ToDoubleFunction<Row> value,
            ToDoubleFunction<Row> error) {
        List<String> names = rows.stream().map(line).distinct().toList();
        List<Series> all = new ArrayList<>();
        grouped(rows, series)
                .forEach((key, those) -> all.add(new Series(
                        key,
                        those.stream()
                                .map(row -> new Series.Point(
                                        value.applyAsDouble(row),
                                        names.indexOf(line.apply(row)),
                                        error.applyAsDouble(row),
                                        hint(row)))
                                .toList(),
                        false)));
        return new Figure(name, title, meaning, new DotPlot(title, xLabel, names, xMin, 1, all).svg());
    }

    private Figure capacity() {
        List<CapacityRow> rows = findings.capacity();
        List<String> names = rows.stream().map(CapacityRow::policy).distinct().toList();
        List<Series> series = new ArrayList<>();
        grouped(rows, row -> "limit: " + row.b1Users() + " of B1")
                .forEach((limit, those) -> series.add(new Series(
                        limit,
                        those.stream()
                                .map(row -> new Series.Point(
                                        row.usersVsB1(),
                                        names.indexOf(row.policy()),
                                        row.users() + " users at a 95th percentile of "
                                                + String.format(Locale.ROOT, "%.0f", row.p95MsPerToken())
                                                + " ms a token"))
                                .toList(),
                        false)));
        String title = "Users of one target at 50 ms";
        String meaning =
                "How many users, as a multiple of B1's, one target serves if the 95th percentile of the time a token takes"
                        + " stays within what so many users of B1 have. Passes queue; they are never batched.";
        return new Figure(
                "capacity", title, meaning, new DotPlot(title, "users / users of B1", names, 0, 1, series).svg());
    }

    private static <T> Map<String, List<T>> grouped(List<T> rows, Function<T, String> key) {
        Map<String, List<T>> groups = new LinkedHashMap<>();
        rows.forEach(row ->
                groups.computeIfAbsent(key.apply(row), k -> new ArrayList<>()).add(row));
        return groups;
    }

    private static String hint(Row row) {
        return String.format(
                Locale.ROOT,
                "%s, %s, RTT %s ms: latency %.3f, busy %.3f, target %.3f of B1's",
                row.policy(),
                row.scenario(),
                label(row.rttMs()),
                row.latencyVsB1(),
                row.busyDraftPassesVsB1(),
                row.targetPassesVsB1());
    }

    private static String label(double ms) {
        return Markup.number(ms);
    }
}
