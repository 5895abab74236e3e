package io.wanspec.evaluation.eval;

import static io.wanspec.evaluation.table.TextTable.Column.numbers;
import static io.wanspec.evaluation.table.TextTable.Column.words;

import io.wanspec.endpoints.eval.EvalLine;
import io.wanspec.evaluation.table.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The figures for people, a column for each temperature, at most 80 columns wide. */
public final class EvalTable {
    private final TextTable table;
    private final List<DraftFigures> columns;

    private EvalTable(Map<Double, DraftFigures> figures) {
        this.columns = List.copyOf(figures.values());
        this.table = TextTable.of(words(28), columns.size(), numbers(11));
        row("temperature", figures.keySet().stream().map(String::valueOf).toList());
    }

    public static List<String> of(Observations observations) {
        EvalTable figures = new EvalTable(observations.figures());
        figures.addAcceptance();
        figures.addChances();
        figures.addMismatches();
        return Stream.of(figures.table.lines(), List.of(""), passes(observations.passes()))
                .flatMap(List::stream)
                .toList();
    }

    private void addAcceptance() {
        row("prompts", each -> "" + each.texts());
        row("tokens", each -> "" + each.tokens());
        row("acceptance", each -> share(each.acceptance()));
        row("  of a lookup in the text", each -> share(each.lookup().acceptance()));
        row("AUC of entropy", each -> share(each.auc()));
        row("AUC of surprisal", each -> share(each.surprisalAuc()));
        int positions = columns.stream()
                .mapToInt(each -> each.byPosition().size())
                .max()
                .orElse(0);
        IntStream.range(0, positions).forEach(i -> row("acceptance of draft " + (i + 1), each -> position(each, i)));
        IntStream.range(0, columns.getFirst().entropyBins().size())
                .forEach(i -> row(label(columns.getFirst().entropyBins().get(i)), each -> bin(each, i)));
    }

    /** Each cell: the chance that the draft gave its choices, and how many of them came true. */
    private void addChances() {
        IntStream.range(0, columns.getFirst().chanceBins().size())
                .forEach(i -> row(
                        "  at chance 0." + i, each -> chance(each.chanceBins().get(i))));
    }

    private void addMismatches() {
        row("mismatches", each -> "" + each.mismatchRanks().mismatches());
        row("  target's token 2nd", each -> rank(each, each.mismatchRanks().second()));
        row("  3rd", each -> rank(each, each.mismatchRanks().third()));
        row("  4th", each -> rank(each, each.mismatchRanks().fourth()));
        row("  beyond", each -> rank(each, each.mismatchRanks().beyond()));
    }

    private static List<String> passes(EvalLine.Begun passes) {
        TextTable table = TextTable.of(words(28), 2, numbers(11));
        table.row("pass at " + passes.passContext(), "target", "draft");
        passes.targetPassMs()
                .forEach((tokens, targetMs) -> table.row(
                        tokens == 1 ? "1 token" : tokens + " tokens", ms(targetMs), ms(draftMs(passes, tokens))));
        double ratio = draftMs(passes, 1)
                / Objects.requireNonNull(passes.targetPassMs().get(1));
        return table.row("draft / target, 1 token", share(ratio)).lines();
    }

    private static double draftMs(EvalLine.Begun passes, int tokens) {
        return Objects.requireNonNull(passes.draftPassMs().get(tokens));
    }

    private static String ms(double value) {
        return String.format(Locale.ROOT, "%.2f ms", value);
    }

    private void row(String label, Function<DraftFigures, String> cell) {
        row(label, columns.stream().map(cell).toList());
    }

    private void row(String label, List<String> cells) {
        table.row(Stream.concat(Stream.of(label), cells.stream()).toList());
    }

    private static String label(EntropyBin bin) {
        String from = String.format(Locale.ROOT, "%.2f", bin.fromMilliNats() / 1e3);
        return bin.toMilliNats() == Integer.MAX_VALUE
                ? "  at entropy " + from + " and more"
                : "  at entropy " + from + String.format(Locale.ROOT, " to %.2f", bin.toMilliNats() / 1e3);
    }

    private static String position(DraftFigures figures, int i) {
        return i < figures.byPosition().size()
                ? share(figures.byPosition().get(i).acceptance())
                : "-";
    }

    private static String bin(DraftFigures figures, int i) {
        EntropyBin bin = figures.entropyBins().get(i);
        return share(bin.acceptance()) + String.format(Locale.ROOT, " %5d", bin.tokens());
    }

    private static String chance(ChanceBin bin) {
        return share(bin.chance()) + "→" + share(bin.acceptance());
    }

    private static String rank(DraftFigures figures, int count) {
        return figures.mismatchRanks().mismatches() == 0
                ? "-"
                : share(figures.mismatchRanks().share(count));
    }

    private static String share(OptionalDouble value) {
        return value.isPresent() ? share(value.getAsDouble()) : "-";
    }

    private static String share(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
