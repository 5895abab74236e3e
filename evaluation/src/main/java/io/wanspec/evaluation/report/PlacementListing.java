package io.wanspec.evaluation.report;

import static io.wanspec.evaluation.table.TextTable.Column.numbers;
import static io.wanspec.evaluation.table.TextTable.Column.words;

import io.wanspec.evaluation.table.TextTable;
import io.wanspec.simulator.placement.PlacementResults;
import io.wanspec.simulator.placement.PlacementRow;
import java.util.List;
import java.util.Locale;

/** What a day of placement came to, as lines of text, in columns. */
public final class PlacementListing {
    private PlacementListing() {}

    /** The policy and the oracle, then each place alone, and co-located speculation. */
    public static List<String> lines(PlacementResults day) {
        TextTable table = TextTable.of(words(12), words(8), numbers(10), numbers(11), numbers(9), numbers(10));
        table.text("%d requests of %d tokens over a day, seed %d".formatted(day.requests(), day.tokens(), day.seed()))
                .row("", "", "ms/token", "latency/B1", "busy/B1", "remote/tok");
        for (PlacementRow row : day.rows()) {
            table.row(
                    "  " + row.name(),
                    row.kind(),
                    decimal(2, row.msPerToken()),
                    decimal(3, row.latency()),
                    decimal(3, row.busyPasses()),
                    decimal(2, row.remotePasses()));
        }
        return table.lines();
    }

    /** What the columns mean. */
    public static List<String> legend(PlacementResults day) {
        return List.of(
                "oracle: for each request the place that turns out to be best, by time and busy-region passes together; a place's name:",
                "that place for all requests; remote/tok: remote draft passes a token. The place changed between two requests "
                        + day.changes() + " times,",
                "within a request " + day.moves() + " times; " + day.hedged() + " requests began with two places.");
    }

    private static String decimal(int digits, double value) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
