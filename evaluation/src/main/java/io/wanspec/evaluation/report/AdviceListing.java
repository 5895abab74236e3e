package io.wanspec.evaluation.report;

import static io.wanspec.evaluation.table.TextTable.Column.numbers;
import static io.wanspec.evaluation.table.TextTable.Column.words;

import io.wanspec.evaluation.table.TextTable;
import io.wanspec.simulator.advice.Advice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Ranked draft regions as lines of text: a table, and why the first ones are first. */
public final class AdviceListing {
    private AdviceListing() {}

    /** @param explained so many are explained in words */
    public static List<String> lines(List<Advice> ranked, int explained) {
        TextTable table =
                TextTable.of(words(15), words(17), numbers(5), words(9), numbers(6), numbers(10), numbers(8), words(3));
        table.row("region", "place", "ms", "from", "saved", "latency/B1", "USD/B1", "");
        ranked.forEach(each -> table.row(
                each.region(),
                each.place(),
                decimal(0, each.rttMs()),
                each.roundTrip(),
                decimal(2, each.saved()),
                decimal(2, each.latency()),
                decimal(2, each.usdAMillionTokens() / each.b1UsdAMillionTokens()),
                each.recommended() ? "" : "not recommended"));
        List<String> lines = new ArrayList<>(table.lines());
        ranked.stream().limit(explained).forEach(each -> explain(each, lines));
        return lines;
    }

    private static void explain(Advice advice, List<String> lines) {
        lines.add("");
        lines.add(advice.region() + " (" + advice.place() + "):");
        advice.why().forEach(reason -> lines.add("- " + reason));
        if (advice.instanceUsdAMonth() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "- an instance of one's own costs %.0f USD a month there, whatever it does",
                    advice.instanceUsdAMonth()));
        }
        if (advice.passesSavedAMonth() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "- %.1f million busy-region draft passes a month would not be made",
                    advice.passesSavedAMonth() / 1e6));
        }
    }

    /** What the columns mean. */
    public static List<String> legend() {
        return List.of(
                "saved: share of the busy-region draft passes of co-located speculation (B1) that are not made; USD/B1: accelerators' time",
                "and transfer for a token over B1's. Simulated in the reference scenario, goal economy; round trips are published figures of",
                "others, or assumed of the distance; load by the hour is assumed: docs/study.md.");
    }

    private static String decimal(int digits, double value) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
