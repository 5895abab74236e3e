package io.wanspec.evaluation.demo;

import static io.wanspec.evaluation.table.TextTable.Column.numbers;
import static io.wanspec.evaluation.table.TextTable.Column.words;

import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.contracts.request.Mode;
import io.wanspec.evaluation.table.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/** The comparison as a table of plain text, at most 80 columns wide. */
public final class DemoTable {
    private static final int POSITIONS_MAX = 4;

    private DemoTable() {}

    /** Lines of the table, the column titles first. */
    public static List<String> lines(DemoComparison comparison) {
        TextTable table = TextTable.of(words(26), 3, numbers(16));
        table.row(cells("", titles(comparison)));
        table.row(row(comparison, "tokens", ledger -> Integer.toString(ledger.tokens())));
        table.row(row(comparison, "time to first token", ledger -> ms(ledger.timeToFirstTokenMs())));
        table.row(row(comparison, "total time", ledger -> ms(ledger.totalMs())));
        table.row(row(comparison, "tokens per second", DemoTable::tokensPerSecond));
        table.row(row(comparison, "target passes", ledger -> Integer.toString(ledger.targetPasses())));
        table.row(row(comparison, "draft passes, busy region", l -> Integer.toString(l.busyDraftPasses())));
        table.row("  saved against B1", saved(comparison));
        table.row(row(comparison, "draft passes, remote", l -> Integer.toString(l.remoteDraftPasses())));
        table.row(row(comparison, "accepted at position 1..", DemoTable::acceptance));
        table.row(row(comparison, "target idle for drafts", ledger -> ms(ledger.stallMs())));
        table.row(row(
                comparison, "bytes across the WAN", ledger -> String.format(Locale.ROOT, "%,d", ledger.wanBytes())));
        return table.lines();
    }

    /** What is said under the table: whether the texts agree, and, in one sentence, what was saved and at what pace. */
    public static String verdict(DemoComparison comparison) {
        return comparison.identical()
                ? "Identical, token for token, in all three. " + gains(comparison)
                : "NOT identical: the token ids differ from position " + comparison.firstDifference() + " on.";
    }

    private static String gains(DemoComparison comparison) {
        return "WANSpec " + saving(comparison) + "; it took "
                + time(comparison.latencyRatio()) + " B1 and "
                + time(comparison.latencyRatioToTargetOnly()) + " B0, the target alone.";
    }

    /** Draft passes in the busy region are what WANSpec is to save. */
    private static String saving(DemoComparison comparison) {
        int base = comparison.colocated().ledger().busyDraftPasses();
        int saved = base - comparison.wanspec().ledger().busyDraftPasses();
        if (saved == 0) {
            return "made as many draft passes in the busy region as B1, " + base;
        }
        return saved > 0
                ? String.format(
                        Locale.ROOT,
                        "saved %d of B1's %d draft passes in the busy region (%.0f %%)",
                        saved,
                        base,
                        100.0 * saved / base)
                : "made " + -saved + " draft passes more in the busy region than B1's " + base;
    }

    /** @param ratio of two times */
    private static String time(OptionalDouble ratio) {
        long percent = Math.round(100 * (ratio.orElse(1) - 1));
        if (percent == 0) {
            return "as long as";
        }
        return percent > 0 ? percent + " % longer than" : -percent + " % less time than";
    }

    private static List<String> titles(DemoComparison comparison) {
        return comparison.runs().stream()
                .map(run -> run.mode() == Mode.COLOCATED
                        ? "B1 local, k=" + comparison.runLength()
                        : run.mode().title())
                .toList();
    }

    private static List<String> row(DemoComparison comparison, String label, Function<Ledger, String> cell) {
        return cells(
                label, comparison.runs().stream().map(Run::ledger).map(cell).toList());
    }

    private static List<String> cells(String label, List<String> others) {
        return Stream.concat(Stream.of(label), others.stream()).toList();
    }

    private static String ms(double value) {
        return String.format(Locale.ROOT, "%,.0f ms", value);
    }

    /** From the first token on: the prompt's time is another line. */
    private static String tokensPerSecond(Ledger ledger) {
        double seconds = (ledger.totalMs() - ledger.timeToFirstTokenMs()) / 1_000;
        return seconds <= 0 || ledger.tokens() < 2
                ? "-"
                : String.format(Locale.ROOT, "%.1f", (ledger.tokens() - 1) / seconds);
    }

    private static String saved(DemoComparison comparison) {
        int base = comparison.colocated().ledger().busyDraftPasses();
        int saved = base - comparison.wanspec().ledger().busyDraftPasses();
        return base == 0 ? "-" : String.format(Locale.ROOT, "%d (%.0f %%)", saved, 100.0 * saved / base);
    }

    private static String acceptance(Ledger ledger) {
        List<String> shares = new ArrayList<>();
        for (int i = 0; i < Math.min(POSITIONS_MAX, ledger.proposedByPosition().size()); i++) {
            int proposed = ledger.proposedByPosition().get(i);
            int accepted = ledger.acceptedByPosition().get(i);
            shares.add(proposed == 0 ? "-" : Math.round(100.0 * accepted / proposed) + "");
        }
        return shares.isEmpty() ? "-" : String.join(" ", shares) + " %";
    }
}
