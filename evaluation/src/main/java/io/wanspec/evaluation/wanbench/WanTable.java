package io.wanspec.evaluation.wanbench;

import java.util.ArrayList;
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
        List<String> lines = new ArrayList<>();
        double place = Double.NaN;
        for (WanRow row : rows) {
            if (!row.isMeasured()) {
                continue;
            }
            if (row.rttMs() != place) {
                place = row.rttMs();
                lines.addAll(heading(lines.isEmpty(), place));
            }
            lines.add(line(row.policy() + (row.choice().equals(row.policy()) ? "" : " " + row.choice()), row));
            for (WanRow simulated : twins(rows, row)) {
                lines.add(
                        line(simulated.source().equals(WanRow.SIMULATED) ? "  simulated" : "  +overheads", simulated));
                lines.add(differences(row, simulated));
            }
        }
        return lines;
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
        List<String> lines = new ArrayList<>();
        sums.forEach((name, sum) -> lines.add(String.format(
                Locale.ROOT,
                "  %-26s %6d passes, %7.2f ms each by itself, %7.2f ms with padding, %5.1f %% longer than the pace",
                name,
                sum.passes(),
                sum.ownMs() / sum.passes(),
                sum.paddedMs() / sum.passes(),
                100.0 * sum.late() / sum.passes())));
        return lines;
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

    private static List<String> heading(boolean first, double rttMs) {
        List<String> lines = new ArrayList<>();
        if (!first) {
            lines.add("");
        }
        lines.add(String.format(
                Locale.ROOT,
                "%-14s %9s  %-15s %8s %9s %7s %7s %7s",
                String.format(Locale.ROOT, "RTT %.0f ms", rttMs),
                "ms/token",
                "latency/B1",
                "busy/B1",
                "target/B1",
                "remote",
                "WAN B",
                "stall"));
        return lines;
    }

    private static String line(String name, WanRow row) {
        return String.format(
                Locale.ROOT,
                "%-14s %9.2f  %.3f +- %.3f  %8.3f %9.3f %7.2f %7.0f %7.2f",
                name,
                row.msPerToken(),
                row.latencyVsB1(),
                row.latencyError(),
                row.busyDraftPassesVsB1(),
                row.targetPassesVsB1(),
                row.remoteDraftPassesPerToken(),
                row.wanBytesPerToken(),
                row.stallMsPerToken());
    }

    private static String differences(WanRow measured, WanRow simulated) {
        return String.format(
                Locale.ROOT,
                "%-14s %9s  %-15s %8s %9s %7s %7s %7s",
                "  off",
                off(measured, simulated, WanRow::msPerToken),
                off(measured, simulated, WanRow::latencyVsB1),
                off(measured, simulated, WanRow::busyDraftPassesVsB1),
                off(measured, simulated, WanRow::targetPassesVsB1),
                off(measured, simulated, WanRow::remoteDraftPassesPerToken),
                off(measured, simulated, WanRow::wanBytesPerToken),
                off(measured, simulated, WanRow::stallMsPerToken));
    }

    private static String off(WanRow measured, WanRow simulated, ToDoubleFunction<WanRow> figure) {
        double base = figure.applyAsDouble(measured);
        return base == 0
                ? "-"
                : String.format(Locale.ROOT, "%+.1f %%", 100 * (figure.applyAsDouble(simulated) / base - 1));
    }
}
