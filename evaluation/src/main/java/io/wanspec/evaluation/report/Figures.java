package io.wanspec.evaluation.report;

import io.wanspec.simulator.run.Row;
import io.wanspec.simulator.study.Findings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The figures of a study's findings. */
final class Figures {
    private Figures() {}

    /** All that the findings suffice for. */
    static List<Figure> of(Findings findings) {
        return Stream.of(
                        SweepFigures.of(findings.sweep()),
                        TradeOffFigures.of(findings),
                        ComparisonFigures.of(findings),
                        CapacityFigure.of(findings.capacity()))
                .flatMap(List::stream)
                .toList();
    }

    /** By key, in the order in which the keys appear. */
    static <T> Map<String, List<T>> grouped(List<T> rows, Function<T, String> key) {
        return rows.stream().collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
    }

    /** What a point that stands for the row says. */
    static String hint(Row row) {
        return String.format(
                Locale.ROOT,
                "%s, %s, RTT %s ms: latency %.3f, busy %.3f, target %.3f of B1's",
                row.policy(),
                row.scenario(),
                ms(row.rttMs()),
                row.latencyVsB1(),
                row.busyDraftPassesVsB1(),
                row.targetPassesVsB1());
    }

    /** Milliseconds, to a tenth where they are not whole. */
    static String ms(double value) {
        double tenths = Math.round(value * 10) / 10.0;
        return String.format(Locale.ROOT, tenths == Math.rint(tenths) ? "%.0f" : "%.1f", tenths);
    }
}
