package io.wanspec.evaluation.report;

import io.wanspec.simulator.run.Row;
import java.util.List;
import java.util.function.Function;

/**
 * Rows side by side in one measure: a line of the chart for each name, a symbol on it for each series.
 *
 * @param least where the horizontal axis begins, unless a value is less
 * @param line the name of a row's line
 * @param series the name of a row's series
 */
record Comparison(Measure measure, double least, Function<Row, String> line, Function<Row, String> series) {
    Figure figure(String name, String title, String meaning, List<Row> rows) {
        List<String> names = rows.stream().map(line).distinct().toList();
        List<Series> all = Figures.grouped(rows, series).entrySet().stream()
                .map(each -> new Series(each.getKey(), points(each.getValue(), names), false))
                .toList();
        return new Figure(name, meaning, new Chart(title, axis(rows), new Axis.Names(names), all));
    }

    private List<Series.Point> points(List<Row> rows, List<String> names) {
        return rows.stream()
                .map(row -> new Series.Point(
                        measure.of(row), names.indexOf(line.apply(row)), measure.errorOf(row), Figures.hint(row)))
                .toList();
    }

    /** With room for every value, its error, and B1. */
    private Axis.Numbers axis(List<Row> rows) {
        double from = rows.stream()
                .mapToDouble(row -> measure.of(row) - measure.errorOf(row))
                .reduce(least, Math::min);
        double to = rows.stream()
                .mapToDouble(row -> measure.of(row) + measure.errorOf(row))
                .reduce(1, Math::max);
        return Axis.Numbers.around(measure.label(), from, to);
    }
}
