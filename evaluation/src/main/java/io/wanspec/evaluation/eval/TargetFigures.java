package io.wanspec.evaluation.eval;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.endpoints.eval.FidelityLine;
import io.wanspec.evaluation.table.TextTable;
import io.wanspec.evaluation.table.TextTable.Column;
import java.util.List;
import java.util.Locale;

/**
 * How much of its checkpoint a target keeps, on one text.
 *
 * @param tokens of the text
 * @param positions that were judged
 * @param perplexity of the text's own tokens, as the target is served
 * @param perplexityFp32 the same in single precision
 * @param kld Kullback-Leibler divergence of the target's distribution from that of single precision, nats a position
 * @param sameTop share of the positions where both have the same likeliest token
 */
public record TargetFigures(
        int tokens, int positions, double perplexity, double perplexityFp32, double kld, double sameTop) {
    private static final JsonMapper JSON = new JsonMapper();

    public TargetFigures {
        if (positions < 1 || positions >= tokens) {
            throw new IllegalArgumentException(
                    "of a text's tokens at least one is judged, and not the first: " + positions + " of " + tokens);
        }
    }

    /** Adds up what is judged, window by window. */
    static final class Sum {
        private int tokens;
        private int positions;
        private double surprisal;
        private double surprisalFp32;
        private double divergence;
        private int sameTop;

        void begin(FidelityLine.Begun begun) {
            tokens = begun.tokens();
        }

        void add(FidelityLine.Judged judged) {
            positions += judged.positions();
            surprisal += judged.surprisal();
            surprisalFp32 += judged.surprisalFp32();
            divergence += judged.divergence();
            sameTop += judged.sameTop();
        }

        TargetFigures figures() {
            return new TargetFigures(
                    tokens,
                    positions,
                    Math.exp(surprisal / positions),
                    Math.exp(surprisalFp32 / positions),
                    divergence / positions,
                    (double) sameTop / positions);
        }
    }

    /** One line. */
    public String json(String target, String precision, String core) {
        ObjectNode json = JSON.createObjectNode();
        json.put("target", target);
        json.put("precision", precision);
        json.put("core", core);
        json.put("tokens", tokens);
        json.put("positions", positions);
        json.put("perplexity", perplexity);
        json.put("perplexityFp32", perplexityFp32);
        json.put("kld", kld);
        json.put("sameTop", sameTop);
        return json.toString();
    }

    /** For people. */
    public List<String> table() {
        double more = 100 * (perplexity / perplexityFp32 - 1);
        return TextTable.of(Column.words(28), 1, Column.numbers(11))
                .row("positions", "" + positions)
                .row("perplexity", number("%.3f", perplexity) + number(" (%+.2f %%)", more))
                .row("  in single precision", number("%.3f", perplexityFp32))
                .row("KL divergence", number("%.5f nats", kld))
                .row("same likeliest token", number("%.3f", sameTop))
                .lines();
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
