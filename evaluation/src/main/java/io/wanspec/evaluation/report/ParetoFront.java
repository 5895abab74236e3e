package io.wanspec.evaluation.report;

import io.wanspec.simulator.run.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The rows that no other beats in both latency and busy-region draft passes. */
final class ParetoFront {
    private ParetoFront() {}

    /** From few passes to many. */
    static List<Row> of(List<Row> rows) {
        List<Row> front = new ArrayList<>();
        double least = Double.POSITIVE_INFINITY;
        for (Row row : rows.stream()
                .sorted(Comparator.comparingDouble(Row::busyDraftPassesVsB1).thenComparingDouble(Row::latencyVsB1))
                .toList()) {
            if (row.latencyVsB1() < least) {
                front.add(row);
                least = row.latencyVsB1();
            }
        }
        return front;
    }
}
