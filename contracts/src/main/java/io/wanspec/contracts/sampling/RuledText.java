package io.wanspec.contracts.sampling;

import io.wanspec.contracts.SamplingRules;
import io.wanspec.contracts.TokenBiases;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.grammar.GrammarText;
import io.wanspec.contracts.grammar.Grammars;
import io.wanspec.contracts.grammar.TokenMask;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A text that grows and shrinks at its end, and what a request's {@link SamplingRules rules} make of the logits behind it. Target and drafts read along
 * the very path whose next token they choose, committed or not.
 *
 * <p>Not thread-safe.
 */
public final class RuledText {
    /** What a banned token's logit becomes: no noise and no bias makes up for it, and sums and differences of it stay finite. */
    static final float BANNED = -1e30f;

    /** What the logit of a token becomes that is off the grammar: below what is banned, so that where bans leave nothing the grammar has its way. */
    static final float OFF_GRAMMAR = -2e30f;

    /** Says that there is no such token. */
    public static final int NONE = -1;

    private final SamplingRules rules;
    private final @Nullable GrammarText grammar;
    private final Map<Integer, Uses> uses = new HashMap<>();
    private int[] tokens = new int[256];
    private int size;

    /** How often prompt and text have a token. */
    private static final class Uses {
        private int inPrompt;
        private int inText;

        boolean isNone() {
            return inPrompt == 0 && inText == 0;
        }
    }

    /** By rules without a grammar. */
    public RuledText(SamplingRules rules) {
        if (rules.grammar() != null) {
            throw new IllegalArgumentException("a grammar needs a vocabulary");
        }
        this.rules = rules;
        grammar = null;
    }

    /** @param grammars over the vocabulary of the text */
    public RuledText(SamplingRules rules, Grammars grammars) {
        this.rules = rules;
        grammar = rules.grammar() == null ? null : grammars.text(rules.grammar());
    }

    /** How many tokens were read: the position of the next one. */
    public int size() {
        return size;
    }

    public void append(int token) {
        if (size == tokens.length) {
            tokens = Arrays.copyOf(tokens, size * 2);
        }
        tokens[size] = token;
        count(token, size++, 1);
        if (grammar != null && size > rules.promptTokens()) {
            grammar.append(token);
        }
    }

    public void append(Tokens more) {
        for (int i = 0; i < more.size(); i++) {
            append(more.get(i));
        }
    }

    /** Takes tokens away from the end. */
    public void truncate(int to) {
        if (to < 0 || to > size) {
            throw new IllegalArgumentException("cannot truncate " + size + " tokens to " + to);
        }
        while (size > to) {
            count(tokens[--size], size, -1);
        }
        if (grammar != null) {
            grammar.truncate(Math.max(0, size - rules.promptTokens()));
        }
    }

    public boolean hasGrammar() {
        return grammar != null;
    }

    /** Whether the text's grammar, if there is one, allows a token next; one that ends the model's sequences is for others to judge. */
    public boolean allows(int token) {
        return grammar == null || grammar.mask().allows(token);
    }

    /** Whether the text may end here, as far as its grammar goes. */
    public boolean mayEnd() {
        return grammar == null || grammar.mayEnd();
    }

    /** The one token that the grammar leaves, or -1 if there are others, or an end. */
    public int forced() {
        if (grammar == null || grammar.mayEnd()) {
            return NONE;
        }
        TokenMask mask = grammar.mask();
        return mask.count() == 1 ? mask.first() : NONE;
    }

    private void count(int token, int position, int change) {
        if (!rules.readsText()) {
            return;
        }
        Uses found = uses.computeIfAbsent(token, any -> new Uses());
        if (position < rules.promptTokens()) {
            found.inPrompt += change;
        } else {
            found.inText += change;
        }
        if (found.isNone()) {
            uses.remove(token);
        }
    }

    /**
     * Changes a row of logits into what is chosen from.
     *
     * @param row of the next position, {@code [columns]} finite values from 0
     * @param proposals the token of each column
     * @param ends tokens that end the model's sequences
     */
    public void apply(float[] row, int columns, Proposals proposals, int[] ends) {
        bias(row, columns, proposals);
        for (var used : uses.entrySet()) {
            int column = proposals.column(used.getKey());
            if (column >= 0 && column < columns) {
                row[column] = penalised(row[column], used.getValue());
            }
        }
        ban(row, columns, proposals, ends);
        if (grammar != null) {
            mask(row, columns, proposals, ends, grammar);
        }
    }

    private static void mask(float[] row, int columns, Proposals proposals, int[] ends, GrammarText grammar) {
        float[] ending = new float[ends.length];
        for (int i = 0; i < ends.length; i++) {
            int column = proposals.column(ends[i]);
            ending[i] = column >= 0 && column < columns ? row[column] : OFF_GRAMMAR;
        }
        TokenMask mask = grammar.mask();
        for (int column = 0; column < columns; column++) {
            if (!mask.allows(proposals.token(column))) {
                row[column] = OFF_GRAMMAR;
            }
        }
        for (int i = 0; i < ends.length; i++) {
            int column = proposals.column(ends[i]);
            if (column >= 0 && column < columns) {
                row[column] = grammar.mayEnd() ? ending[i] : OFF_GRAMMAR;
            }
        }
    }

    private void bias(float[] row, int columns, Proposals proposals) {
        TokenBiases biases = rules.biases();
        for (int i = 0; i < biases.tokens().size(); i++) {
            int column = proposals.column(biases.tokens().get(i));
            if (column >= 0 && column < columns) {
                row[column] += biases.values().get(i).floatValue();
            }
        }
    }

    private float penalised(float logit, Uses used) {
        double repeated = logit > 0 ? logit / rules.repetitionPenalty() : logit * rules.repetitionPenalty();
        return (float)
                (used.inText == 0
                        ? repeated
                        : repeated - rules.frequencyPenalty() * used.inText - rules.presencePenalty());
    }

    private void ban(float[] row, int columns, Proposals proposals, int[] ends) {
        TokenBiases biases = rules.biases();
        for (int i = 0; i < biases.tokens().size(); i++) {
            if (biases.bans(i)) {
                ban(row, columns, proposals.column(biases.tokens().get(i)));
            }
        }
        if (rules.mayEndAt(size)) {
            return;
        }
        for (int i = 0; i < rules.stopTokens().size(); i++) {
            ban(row, columns, proposals.column(rules.stopTokens().get(i)));
        }
        for (int end : rules.ignoresEnd() ? new int[0] : ends) {
            ban(row, columns, proposals.column(end));
        }
    }

    private static void ban(float[] row, int columns, int column) {
        if (column >= 0 && column < columns) {
            row[column] = BANNED;
        }
    }
}
