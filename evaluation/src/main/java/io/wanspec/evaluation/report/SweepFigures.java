package io.wanspec.evaluation.report;

import io.wanspec.simulator.run.Row;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The policies over the round trip. */
final class SweepFigures {
    private SweepFigures() {}

    static List<Figure> of(List<Row> sweep) {
        if (sweep.isEmpty()) {
            return List.of();
        }
        return List.of(
                figure(
                        "latency",
                        "Latency over the round trip",
                        "Time a token takes as a multiple of co-located speculation's (B1): below the dashed line is faster than B1."
                                + " What lies above the frame is in the table.",
                        new Axis.Numbers("latency / B1", 0.6, 2.2, 0.2),
                        sweep,
                        Row::latencyVsB1),
                figure(
                        "busy",
                        "Busy-region draft passes over the round trip",
                        "Draft passes in the busy region as a multiple of B1's: the cost that remote drafting is there to save.",
                        new Axis.Numbers("busy-region draft passes / B1", 0, 2.2, 0.2),
                        sweep,
                        Row::busyDraftPassesVsB1),
                figure(
                        "target",
                        "Target passes over the round trip",
                        "Target passes as a multiple of B1's: what is saved in drafts must not be spent on the target."
                                + " What lies above the frame is in the table.",
                        new Axis.Numbers("target passes / B1", 0.6, 2.2, 0.2),
                        sweep,
                        Row::targetPassesVsB1));
    }

    private static Figure figure(
            String name, String title, String meaning, Axis.Numbers y, List<Row> sweep, ToDoubleFunction<Row> value) {
        double longest = sweep.stream().mapToDouble(Row::rttMs).max().orElse(0);
        Axis.Numbers x = Axis.Numbers.around("round trip to the draft region, ms", 0, longest);
        return new Figure(name, meaning, new Chart(title, x, y, series(sweep, value)));
    }

    private static List<Series> series(List<Row> sweep, ToDoubleFunction<Row> value) {
        return Figures.grouped(sweep, Row::policy).entrySet().stream()
                .map(each -> new Series(each.getKey(), points(each.getValue(), value), true))
                .toList();
    }

    private static List<Series.Point> points(List<Row> rows, ToDoubleFunction<Row> value) {
        return rows.stream()
                .sorted(Comparator.comparingDouble(Row::rttMs))
                .map(row -> new Series.Point(row.rttMs(), value.applyAsDouble(row), Figures.hint(row)))
                .toList();
    }
}
