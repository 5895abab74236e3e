package io.wanspec.evaluation.report;

import io.wanspec.simulator.run.CapacityRow;
import io.wanspec.simulator.run.Row;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** A table of the page; the page's template asks for the components by name. */
record PageTable(String title, List<PageTable.Heading> columns, List<PageTable.Line> rows) {
    /** @param isName whether what stands beneath is words, not numbers */
    record Heading(String heading, boolean isName) {}

    record Line(List<Cell> cells) {}

    record Cell(String text, boolean isName) {}

    /** A column of a table of {@code T}. */
    private record Column<T>(String heading, boolean isName, Function<T, String> text) {
        static <T> Column<T> words(String heading, Function<T, String> text) {
            return new Column<>(heading, true, text);
        }

        static <T> Column<T> number(String heading, int digits, ToDoubleFunction<T> value) {
            return new Column<>(heading, false, row -> formatted(value.applyAsDouble(row), digits));
        }

        Cell cell(T row) {
            return new Cell(text.apply(row), isName);
        }
    }

    private static final List<Column<CapacityRow>> CAPACITY = List.of(
            Column.words("policy", CapacityRow::policy),
            Column.words("choice", CapacityRow::choice),
            Column.number("RTT ms", 0, CapacityRow::rttMs),
            Column.number("limit ms", 1, CapacityRow::limitMsPerToken),
            Column.number("p95 ms", 1, CapacityRow::p95MsPerToken),
            Column.number("users", 0, CapacityRow::users),
            Column.number("users / B1", 2, CapacityRow::usersVsB1),
            Column.number("target passes a token", 2, CapacityRow::targetPassesPerToken),
            Column.number("utilisation", 2, CapacityRow::utilisation));

    private static final List<Column<Row>> ROWS = List.of(
            Column.words("policy", Row::policy),
            Column.words("choice", Row::choice),
            Column.words("scenario", Row::scenario),
            Column.number("RTT ms", 0, Row::rttMs),
            Column.number("acceptance", 1, Row::alpha),
            Column.number("ms a token", 2, Row::msPerToken),
            Column.number("latency / B1", 3, Row::latencyVsB1),
            Column.number("±", 3, Row::latencyError),
            Column.number("busy / B1", 3, Row::busyDraftPassesVsB1),
            Column.number("target / B1", 3, Row::targetPassesVsB1),
            Column.number("remote a token", 2, Row::remoteDraftPassesPerToken),
            Column.number("WAN bytes a token", 0, Row::wanBytesPerToken),
            Column.number("stall ms a token", 2, Row::stallMsPerToken));

    static PageTable ofCapacity(List<CapacityRow> rows) {
        return of("Users of one target", CAPACITY, rows);
    }

    static PageTable ofRows(List<Row> rows) {
        return of("All rows", ROWS, rows);
    }

    private static <T> PageTable of(String title, List<Column<T>> columns, List<T> rows) {
        List<Heading> headings = columns.stream()
                .map(each -> new Heading(each.heading(), each.isName()))
                .toList();
        List<Line> lines = rows.stream()
                .map(row -> new Line(
                        columns.stream().map(column -> column.cell(row)).toList()))
                .toList();
        return new PageTable(title, headings, lines);
    }

    private static String formatted(double value, int digits) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a row holds " + value);
        }
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
