package io.wanspec.evaluation.wanbench;

import static io.wanspec.evaluation.table.TextTable.Column.numbers;
import static io.wanspec.evaluation.table.TextTable.Column.words;

import io.wanspec.evaluation.passes.PassCount;
import io.wanspec.evaluation.table.TextTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Rows as lines of text: what was measured, and beneath each row what the simulator says, and how far that is off. */
public final class WanTable {
    private WanTable() {}

    /** @param rows measured and simulated ones */
    public static List<String> lines(List<WanRow> rows) {
        TextTable table = TextTable.of(
                words(14), numbers(8), numbers(14), numbers(7), numbers(9), numbers(7), numbers(7), numbers(7));
        double place = Double.NaN;
        for (WanRow row : rows) {
            if (!row.isMeasured()) {
                continue;
            }
            if (row.rttMs() != place) {
                addHeading(table, Double.isNaN(place), row.rttMs());
                place = row.rttMs();
            }
            addRow(table, row.policy() + (row.choice().equals(row.policy()) ? "" : " " + row.choice()), row);
            twins(rows, row).forEach(simulated -> addSimulated(table, row, simulated));
        }
        return table.lines();
    }

    /** What the columns mean. */
    public static List<String> legend() {
        return List.of(
                "Decoding only: from the first token to the end. latency/B1: time a token over B1's, +- standard error;",
                "busy/B1 and target/B1: passes over B1's; remote: remote draft passes a token; WAN B: bytes a token;",
                "stall: ms a token for which the target waited for drafts; off: simulated over measured, less one.",
                "+overheads: with what this machine adds to the pace, as its servers and B0 show it, on top.");
    }

    /** What was on top of the pace, a line for each distance. */
    public static List<String> overheads(List<Overheads> overheads) {
        return overheads.stream()
                .map(each -> String.format(
                        Locale.ROOT,
                        "  overheads: target pass %.2f ms, busy-region draft %.2f ms, remote draft %.2f ms, hop %.2f ms",
                        each.targetMs(),
                        each.busyDraftMs(),
                        each.remoteDraftMs(),
                        each.hopMs()))
                .toList();
    }

    /** How often passes took longer than the pace, a line for each server and range of sizes. */
    public static List<String> passes(List<List<PassCount>> counts) {
        Map<String, PassCount> sums = new LinkedHashMap<>();
        counts.stream()
                .flatMap(List::stream)
                .forEach(each -> sums.merge(each.server() + " " + range(each.tokens()), each, PassCount::plus));
        TextTable table = TextTable.of(words(28), numbers(6), numbers(7), numbers(7), numbers(5));
        sums.forEach((name, sum) -> table.row(
                "  " + name,
                sum.passes() + " passes,",
                decimal(2, sum.ownMs() / sum.passes()) + " ms each by itself,",
                decimal(2, sum.paddedMs() / sum.passes()) + " ms with padding,",
                decimal(1, 100.0 * sum.late() / sum.passes()) + " % longer than the pace"));
        return table.lines();
    }

    /** The simulator's rows for the same. */
    private static List<WanRow> twins(List<WanRow> rows, WanRow measured) {
        return rows.stream()
                .filter(row -> !row.isMeasured()
                        && row.policy().equals(measured.policy())
                        && row.choice().equals(measured.choice())
                        && row.rttMs() == measured.rttMs())
                .toList();
    }

    private static String range(int tokens) {
        return tokens == 1 ? "of 1" : tokens <= 4 ? "of 2 to 4" : tokens <= 8 ? "of 5 to 8" : "of 9 or more";
    }

    private static void addHeading(TextTable table, boolean first, double rttMs) {
        if (!first) {
            table.text("");
        }
        table.row(
                String.format(Locale.ROOT, "RTT %.0f ms", rttMs),
                "ms/token",
                "latency/B1",
                "busy/B1",
                "target/B1",
                "remote",
                "WAN B",
                "stall");
    }

    private static void addSimulated(TextTable table, WanRow measured, WanRow simulated) {
        addRow(table, simulated.source().equals(WanRow.SIMULATED) ? "  simulated" : "  +overheads", simulated);
        addDifferences(table, measured, simulated);
    }

    private static void addRow(TextTable table, String name, WanRow row) {
        table.row(
                name,
                decimal(2, row.msPerToken()),
                decimal(3, row.latencyVsB1()) + " +- " + decimal(3, row.latencyError()),
                decimal(3, row.busyDraftPassesVsB1()),
                decimal(3, row.targetPassesVsB1()),
                decimal(2, row.remoteDraftPassesPerToken()),
                decimal(0, row.wanBytesPerToken()),
                decimal(2, row.stallMsPerToken()));
    }

    private static void addDifferences(TextTable table, WanRow measured, WanRow simulated) {
        table.row(
                "  off",
                off(measured, simulated, WanRow::msPerToken),
                off(measured, simulated, WanRow::latencyVsB1),
                off(measured, simulated, WanRow::busyDraftPassesVsB1),
                off(measured, simulated, WanRow::targetPassesVsB1),
                off(measured, simulated, WanRow::remoteDraftPassesPerToken),
                off(measured, simulated, WanRow::wanBytesPerToken),
                off(measured, simulated, WanRow::stallMsPerToken));
    }

    private static String decimal(int digits, double value) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    private static String off(WanRow measured, WanRow simulated, ToDoubleFunction<WanRow> figure) {
        double base = figure.applyAsDouble(measured);
        return base == 0
                ? "-"
                : String.format(Locale.ROOT, "%+.1f %%", 100 * (figure.applyAsDouble(simulated) / base - 1));
    }
}
