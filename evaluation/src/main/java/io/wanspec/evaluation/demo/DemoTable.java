package io.wanspec.evaluation.demo;

import static io.wanspec.evaluation.table.TextTable.Column.numbers;
import static io.wanspec.evaluation.table.TextTable.Column.words;

import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.contracts.request.Mode;
import io.wanspec.evaluation.table.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    /** The sentence under the table. */
    public static String verdict(DemoComparison comparison) {
        if (!comparison.identical()) {
            return "NOT identical: the token ids differ from position " + comparison.firstDifference() + " on.";
        }
        String speed = comparison.latencyRatio().isPresent()
                ? String.format(
                        Locale.ROOT,
                        " WANSpec took %.2f times as long as B1.",
                        comparison.latencyRatio().getAsDouble())
                : "";
        return "Identical, token for token, in all three." + speed;
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
