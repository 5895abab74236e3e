package io.wanspec.evaluation.report;

import static io.wanspec.evaluation.table.TextTable.Column.numbers;
import static io.wanspec.evaluation.table.TextTable.Column.words;

import io.wanspec.evaluation.table.TextTable;
import io.wanspec.simulator.run.CapacityRow;
import io.wanspec.simulator.run.Row;
import io.wanspec.simulator.study.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Findings as lines of text, in columns. */
public final class Listing {
    private Listing() {}

    public static List<String> lines(Findings findings) {
        List<String> lines = new ArrayList<>(requests(findings.rows()));
        if (!findings.capacity().isEmpty()) {
            lines.add("");
            lines.addAll(capacity(findings.capacity()));
        }
        return lines;
    }

    /** What the columns mean. */
    public static List<String> legend() {
        return List.of(
                "latency/B1: time a token over B1's, +- standard error; busy/B1: busy-region draft passes a token over B1's;",
                "target: target passes over B1's; remote: remote draft passes a token; WAN B: bytes a token; stall: ms a token");
    }

    /** A heading for each scenario and round trip, and beneath it the policies. */
    private static List<String> requests(List<Row> rows) {
        TextTable table = TextTable.of(
                words(6),
                words(6),
                numbers(8),
                numbers(14),
                numbers(7),
                numbers(6),
                numbers(6),
                numbers(5),
                numbers(6));
        String heading = "";
        for (Row row : rows) {
            String place = row.scenario() + ", RTT " + Figures.ms(row.rttMs()) + " ms";
            if (!place.equals(heading)) {
                addHeading(table, heading.isEmpty(), place);
                heading = place;
            }
            addRow(table, row);
        }
        return table.lines();
    }

    private static void addHeading(TextTable table, boolean first, String place) {
        if (!first) {
            table.text("");
        }
        table.text(place).row("", "", "ms/token", "latency/B1", "busy/B1", "target", "remote", "WAN B", "stall");
    }

    private static void addRow(TextTable table, Row row) {
        table.row(
                "  " + row.policy(),
                choice(row.policy(), row.choice()),
                decimal(2, row.msPerToken()),
                decimal(3, row.latencyVsB1()) + " +- " + decimal(3, row.latencyError()),
                decimal(3, row.busyDraftPassesVsB1()),
                decimal(3, row.targetPassesVsB1()),
                decimal(2, row.remoteDraftPassesPerToken()),
                decimal(0, row.wanBytesPerToken()),
                decimal(2, row.stallMsPerToken()));
    }

    private static List<String> capacity(List<CapacityRow> rows) {
        TextTable table = TextTable.of(
                words(10), words(6), numbers(8), numbers(8), numbers(6), numbers(8), numbers(6), numbers(7));
        table.row("users", "", "limit ms", "p95 ms", "users", "users/B1", "busy", "remote");
        for (CapacityRow row : rows) {
            table.row(
                    row.policy(),
                    choice(row.policy(), row.choice()),
                    decimal(1, row.limitMsPerToken()),
                    decimal(1, row.p95MsPerToken()),
                    Integer.toString(row.users()),
                    decimal(2, row.usersVsB1()),
                    decimal(2, row.busyDraftPassesPerToken()),
                    decimal(2, row.remoteDraftPassesPerToken()));
        }
        return table.lines();
    }

    /** The variant, where the policy has several. */
    private static String choice(String policy, String choice) {
        return choice.equals(policy) ? "" : choice;
    }

    private static String decimal(int digits, double value) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
