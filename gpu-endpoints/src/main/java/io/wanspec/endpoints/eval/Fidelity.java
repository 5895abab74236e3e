package io.wanspec.endpoints.eval;

import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.Sequence;
import java.util.function.Consumer;

/**
 * How much of a model its serving arithmetic keeps: both read the same text, in windows, and each position of a window's second
 * half is judged; the first half only gives context.
 */
final class Fidelity {
    /** Tokens of a window; a shorter context shortens it. */
    static final int WINDOW = 512;

    /** The fewest tokens of which one is judged: the second one's successor. */
    private static final int TOKENS_MIN = 3;

    /** Bounds the logits that are held at once. */
    private static final int ROWS_MAX = 64;

    private final LanguageModel served;
    private final LanguageModel exact;
    private final int window;

    /** @param exact the same checkpoint in single precision */
    Fidelity(LanguageModel served, LanguageModel exact) {
        this.served = served;
        this.exact = exact;
        window = Math.min(WINDOW, served.identity().contextTokens());
    }

    /** @throws IllegalArgumentException if the text is too short */
    void judge(String text, Consumer<FidelityLine> out) {
        Tokens tokens = served.text().encode(text);
        if (tokens.size() < TOKENS_MIN) {
            throw new IllegalArgumentException(
                    "--text: " + tokens.size() + " tokens are too few to judge by; name a longer text");
        }
        int windows = Math.ceilDiv(tokens.size() - TOKENS_MIN + 1, window);
        out.accept(new FidelityLine.Begun(windows, tokens.size()));
        for (int i = 0; i < windows; i++) {
            out.accept(judge(tokens.slice(i * window, Math.min(tokens.size(), (i + 1) * window))));
        }
    }

    private FidelityLine.Judged judge(Tokens part) {
        int from = part.size() / 2;
        int end = part.size() - 1;
        Sums sums = new Sums();
        try (Sequence mine = served.open();
                Sequence other = exact.open()) {
            mine.append(part.slice(0, from), 0);
            other.append(part.slice(0, from), 0);
            for (int at = from; at < end; at += ROWS_MAX) {
                Tokens rows = part.slice(at, Math.min(end, at + ROWS_MAX));
                sums.add(part, at, mine.append(rows, rows.size()), other.append(rows, rows.size()));
            }
        }
        return new FidelityLine.Judged(end - from, sums.surprisal, sums.surprisalExact, sums.divergence, sums.sameTop);
    }

    private static final class Sums {
        private double surprisal;
        private double surprisalExact;
        private double divergence;
        private int sameTop;

        /** @param first position of the passes' first row */
        private void add(Tokens part, int first, Pass mine, Pass other) {
            for (int row = 0; row < mine.rows(); row++) {
                Distribution q = Distribution.of(mine, row);
                Distribution p = Distribution.of(other, row);
                int next = part.get(first + row + 1);
                surprisal -= q.log(next);
                surprisalExact -= p.log(next);
                divergence += p.divergence(q);
                sameTop += p.top() == q.top() ? 1 : 0;
            }
        }
    }
}
