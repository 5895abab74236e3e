package io.wanspec.evaluation.report;

import io.wanspec.simulator.run.CapacityRow;
import java.util.List;
import java.util.Locale;

/** How many users one target serves. */
final class CapacityFigure {
    private CapacityFigure() {}

    static List<Figure> of(List<CapacityRow> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        List<String> names = rows.stream().map(CapacityRow::policy).distinct().toList();
        List<Series> series = Figures.grouped(rows, row -> "limit: " + row.b1Users() + " of B1").entrySet().stream()
                .map(each -> new Series(each.getKey(), points(each.getValue(), names), false))
                .toList();
        double most = rows.stream().mapToDouble(CapacityRow::usersVsB1).reduce(1, Math::max);
        Axis.Numbers users = Axis.Numbers.around("users / users of B1", 0, most);
        return List.of(new Figure(
                "capacity",
                "How many users, as a multiple of B1's, one target serves if the 95th percentile of the time a token takes"
                        + " stays within what so many users of B1 have. Passes queue; they are never batched.",
                new Chart("Users of one target at 50 ms", users, new Axis.Names(names), series)));
    }

    private static List<Series.Point> points(List<CapacityRow> rows, List<String> names) {
        return rows.stream()
                .map(row -> new Series.Point(row.usersVsB1(), names.indexOf(row.policy()), hint(row)))
                .toList();
    }

    private static String hint(CapacityRow row) {
        return String.format(
                Locale.ROOT, "%d users at a 95th percentile of %.0f ms a token", row.users(), row.p95MsPerToken());
    }
}
