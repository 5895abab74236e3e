package io.wanspec.evaluation.report;

import io.wanspec.simulator.run.Row;
import io.wanspec.simulator.study.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Latency against busy-region draft passes, a figure for each round trip. */
final class TradeOffFigures {
    private static final List<String> COMPARED = List.of("b1", "b1p", "paper", "economy", "fast", "eager");

    /** Where the compared policies leave out b2, which is far above. */
    private static final int PRICES_AT = 3;

    private TradeOffFigures() {}

    static List<Figure> of(Findings findings) {
        List<Row> policies = Stream.concat(findings.sweep().stream(), findings.ablation().stream())
                .toList();
        return Figures.grouped(findings.prices(), TradeOffFigures::roundTrip).entrySet().stream()
                .map(each -> figure(each.getKey(), at(each.getKey(), policies), each.getValue()))
                .toList();
    }

    private static Figure figure(String rtt, List<Row> policies, List<Row> prices) {
        List<Series> series = series(policies, prices);
        double most = series.stream()
                .flatMap(each -> each.points().stream())
                .mapToDouble(Series.Point::x)
                .max()
                .orElse(1);
        Chart chart = new Chart(
                "Latency against busy-region passes at " + rtt + " ms",
                Axis.Numbers.around("busy-region draft passes / B1", 0, most),
                new Axis.Numbers("latency / B1", 0.6, 1.8, 0.2),
                series);
        return new Figure(
                "frontier-" + rtt,
                "Each point is a policy; the line joins those that no other beats in both, of all policies, ablations and prices.",
                chart);
    }

    /** In the order of the other figures, so that a policy looks the same in all of them. */
    private static List<Series> series(List<Row> policies, List<Row> prices) {
        List<Row> all = Stream.concat(policies.stream(), prices.stream()).toList();
        List<Series> series = new ArrayList<>();
        series.add(new Series("best of all", costs(ParetoFront.of(all)), true));
        COMPARED.forEach(name -> series.add(new Series(name, costs(named(policies, name)), false)));
        series.add(PRICES_AT, new Series("prices", costs(prices), false));
        return series;
    }

    private static String roundTrip(Row row) {
        return Figures.ms(row.rttMs());
    }

    private static List<Row> at(String rtt, List<Row> rows) {
        return rows.stream().filter(row -> roundTrip(row).equals(rtt)).toList();
    }

    private static List<Row> named(List<Row> rows, String policy) {
        return rows.stream().filter(row -> row.policy().equals(policy)).toList();
    }

    private static List<Series.Point> costs(List<Row> rows) {
        return rows.stream()
                .map(row -> new Series.Point(row.busyDraftPassesVsB1(), row.latencyVsB1(), Figures.hint(row)))
                .toList();
    }
}
