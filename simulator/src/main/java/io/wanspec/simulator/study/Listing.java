package io.wanspec.simulator.study;

import io.wanspec.simulator.run.CapacityRow;
import io.wanspec.simulator.run.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Findings as lines of text, in columns. */
public final class Listing {
    private Listing() {}

    public static List<String> lines(Findings findings) {
        List<String> lines = new ArrayList<>();
        int width = findings.rows().stream()
                .mapToInt(row -> row.policy().length())
                .max()
                .orElse(6);
        String heading = "";
        for (Row row : findings.rows()) {
            String place = row.scenario() + ", RTT " + number(row.rttMs()) + " ms";
            if (!place.equals(heading)) {
                lines.addAll(heading(heading.isEmpty(), place, width));
                heading = place;
            }
            lines.add(line(row, width));
        }
        if (!findings.capacity().isEmpty()) {
            lines.addAll(capacity(findings.capacity()));
        }
        return lines;
    }

    private static List<String> heading(boolean first, String place, int width) {
        List<String> lines = new ArrayList<>();
        if (!first) {
            lines.add("");
        }
        lines.add(place);
        lines.add(String.format(
                Locale.ROOT,
                "  %-" + width + "s %-6s %9s  %-14s %7s %7s %7s %7s %7s",
                "",
                "",
                "ms/token",
                "latency/B1",
                "busy/B1",
                "target",
                "remote",
                "WAN B",
                "stall"));
        return lines;
    }

    private static String line(Row row, int width) {
        return String.format(
                Locale.ROOT,
                "  %-" + width + "s %-6s %9.2f  %.3f +- %.3f %7.3f %7.3f %7.2f %7.0f %7.2f",
                row.policy(),
                row.choice().equals(row.policy()) ? "" : row.choice(),
                row.msPerToken(),
                row.latencyVsB1(),
                row.latencyError(),
                row.busyDraftPassesVsB1(),
                row.targetPassesVsB1(),
                row.remoteDraftPassesPerToken(),
                row.wanBytesPerToken(),
                row.stallMsPerToken());
    }

    private static List<String> capacity(List<CapacityRow> rows) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "%-10s %-6s %9s %10s %7s %8s %7s %8s",
                "users",
                "",
                "limit ms",
                "p95 ms",
                "users",
                "users/B1",
                "busy",
                "remote"));
        for (CapacityRow row : rows) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-10s %-6s %9.1f %10.1f %7d %8.2f %7.2f %8.2f",
                    row.policy(),
                    row.choice().equals(row.policy()) ? "" : row.choice(),
                    row.limitMsPerToken(),
                    row.p95MsPerToken(),
                    row.users(),
                    row.usersVsB1(),
                    row.busyDraftPassesPerToken(),
                    row.remoteDraftPassesPerToken()));
        }
        return lines;
    }

    /** What the columns mean. */
    public static List<String> legend() {
        return List.of(
                "latency/B1: time a token over B1's, +- standard error; busy/B1: busy-region draft passes a token over B1's;",
                "target: target passes over B1's; remote: remote draft passes a token; WAN B: bytes a token; stall: ms a token");
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%s", value);
    }
}
