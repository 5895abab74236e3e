package io.wanspec.evaluation.loadbench;

import static io.wanspec.evaluation.table.TextTable.Column.numbers;
import static io.wanspec.evaluation.table.TextTable.Column.words;

import io.wanspec.evaluation.table.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Rows as lines of text, at most 80 columns wide; what failed stands beneath. */
public final class LoadTable {
    private LoadTable() {}

    public static List<String> lines(List<PointRow> rows) {
        TextTable table = TextTable.of(
                words(12), numbers(7), numbers(8), numbers(10), numbers(10), numbers(7), numbers(7), numbers(5));
        table.row("", "clients", "tokens/s", "first, p50", "first, p95", "answers", "refused", "failed");
        for (PointRow row : rows) {
            table.row(
                    row.point().mode().word(),
                    "" + row.point().clients(),
                    String.format(Locale.ROOT, "%.1f", row.tokensPerSecond()),
                    ms(row.ttftP50Ms()),
                    ms(row.ttftP95Ms()),
                    "" + row.answers(),
                    "" + row.refused(),
                    "" + row.failed());
            row.whyInvalid().forEach(why -> table.text("  INVALID: " + why));
        }
        return table.lines();
    }

    /** What failed, and why; empty if nothing did. */
    public static List<String> failures(List<PointRow> rows) {
        return rows.stream().flatMap(row -> row.failures().stream()).toList();
    }

    /** What the columns mean. */
    public static List<String> legend() {
        return List.of(
                "tokens/s: of all clients together, while all were served; first: from the request",
                "to the first of its text; refused: told to try again later, which they did.");
    }

    private static String ms(OptionalDouble figure) {
        return figure.isPresent() ? String.format(Locale.ROOT, "%.0f ms", figure.getAsDouble()) : "-";
    }
}
