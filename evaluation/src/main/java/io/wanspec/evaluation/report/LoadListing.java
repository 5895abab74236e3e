package io.wanspec.evaluation.report;

import static io.wanspec.evaluation.table.TextTable.Column.numbers;
import static io.wanspec.evaluation.table.TextTable.Column.words;

import io.wanspec.evaluation.table.TextTable;
import io.wanspec.simulator.load.LoadStudyRow;
import java.util.List;
import java.util.Locale;

/** What policies did under loads, as lines of text, in columns. */
public final class LoadListing {
    private LoadListing() {}

    /** A heading for each round trip, and beneath it the policies under each load, co-located speculation first. */
    public static List<String> lines(List<LoadStudyRow> rows) {
        TextTable table = TextTable.of(
                words(9),
                words(6),
                words(15),
                numbers(8),
                numbers(8),
                numbers(7),
                numbers(10),
                numbers(7),
                numbers(9),
                numbers(6));
        String heading = "";
        for (LoadStudyRow row : rows) {
            String place = "%s, RTT %s ms, drafts %s the target"
                    .formatted(
                            row.scenario(),
                            Figures.ms(row.rttMs()),
                            row.drafts().equals("beside") ? "beside" : "on");
            if (!place.equals(heading)) {
                table.text(place)
                        .row("", "", "", "sessions", "tok/s", "p95 ms", "latency/B1", "busy/B1", "target/B1", "rows");
                heading = place;
            }
            table.row(
                    "  " + row.policy(),
                    row.choice().equals(row.policy()) ? "" : row.choice(),
                    row.load(),
                    decimal(1, row.sessions()),
                    decimal(0, row.tokensPerSecond()),
                    decimal(1, row.p95MsPerToken()),
                    decimal(3, row.latencyVsB1()),
                    decimal(3, row.busyDraftPassesVsB1()),
                    decimal(3, row.targetBusyVsB1()),
                    decimal(1, row.rowsPerPass()));
        }
        return table.lines();
    }

    /** What the columns mean. */
    public static List<String> legend() {
        return List.of(
                "p95: 95th percentile over requests of the milliseconds a token takes; latency/B1: mean of them over B1's; busy/B1:",
                "busy-region draft passes a token over B1's; target/B1: time in which the target is in passes, a token, over B1's;",
                "rows: of a target pass, of all its sessions");
    }

    private static String decimal(int digits, double value) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
