package io.wanspec.simulator.report;

import io.wanspec.simulator.run.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The rows that no other beats in both latency and busy-region draft passes. */
final class Frontier {
    private Frontier() {}

    /** From few passes to many. */
    static List<Row> of(List<Row> rows) {
        List<Row> frontier = new ArrayList<>();
        double least = Double.POSITIVE_INFINITY;
        for (Row row : rows.stream()
                .sorted(Comparator.comparingDouble(Row::busyDraftPassesVsB1).thenComparingDouble(Row::latencyVsB1))
                .toList()) {
            if (row.latencyVsB1() < least) {
                frontier.add(row);
                least = row.latencyVsB1();
            }
        }
        return frontier;
    }
}
