package io.wanspec.endpoints.bench;

import io.wanspec.contracts.SamplingRules;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.grammar.Grammar;
import io.wanspec.contracts.grammar.Grammars;
import io.wanspec.contracts.grammar.TokenTrie;
import io.wanspec.contracts.sampling.Proposals;
import io.wanspec.contracts.sampling.RuledText;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.Pass;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Keeping one token of a JSON text to its grammar: the mask of what may follow, carried out on a row, and the step behind the token. */
final class MaskCase {
    private static final Grammar GRAMMAR = Grammar.of("""
            root ::= "{\\"title\\": " string ", \\"year\\": " integer ", \\"tags\\": [" (string (", " string){0,7})? "], \\"rating\\": " number ", \\"more\\": " value "}"
            value ::= object | array | string | number | "true" | "false" | "null"
            object ::= "{" (pair (", " pair)*)? "}"
            pair ::= string ": " value
            array ::= "[" (value (", " value)*)? "]"
            string ::= "\\"" char* "\\""
            char ::= [^\\"\\\\\\x00-\\x1F\\x7F] | "\\\\" [\\"\\\\/bfnrt]
            integer ::= "-"? ("0" | [1-9] [0-9]{0,14})
            number ::= integer ("." [0-9]{1,15})?
            """);
    private static final String TEXT =
            "{\"title\": \"The quick brown fox\", \"year\": 1987, \"tags\": [\"animals\", \"jumping over"
                    + " lazy dogs\"], \"rating\": 4.75, \"more\": {\"author\": \"nobody in particular\", \"seen\": [1, 2, true, null]}}";

    private final boolean again;
    private final TokenTrie trie;
    private final Tokens text;
    private final int[] ends;
    private final Samples samples = new Samples();
    private Grammars grammars;
    private float[] row = new float[0];

    /** @param again whether what was found out before is still known, as behind the first texts of a grammar */
    MaskCase(LanguageModel model, boolean again) {
        this.again = again;
        trie = TokenTrie.of(model.identity().vocabulary(), model.text()::text);
        text = onGrammar(model, trie);
        ends = IntStream.range(0, model.identity().vocabulary())
                .filter(model::endsSequence)
                .toArray();
        grammars = new Grammars(trie);
    }

    String name() {
        return again ? "again" : "first";
    }

    Samples samples() {
        return samples;
    }

    /** As the grammar's rule of the longest token has it, else in the longest tokens that it allows. */
    private static Tokens onGrammar(LanguageModel model, TokenTrie trie) {
        String[] words = IntStream.range(0, model.identity().vocabulary())
                .mapToObj(token -> new String(model.text().text(token), StandardCharsets.UTF_8))
                .toArray(String[]::new);
        RuledText read = new RuledText(SamplingRules.none(1).on(GRAMMAR), new Grammars(trie));
        read.append(0);
        Tokens made = Tokens.none();
        int at = 0;
        while (at < TEXT.length()) {
            int token = read.forced() == RuledText.NONE ? longest(words, at, read) : read.forced();
            made = made.plus(token);
            read.append(token);
            at += words[token].length();
        }
        return made;
    }

    private static int longest(String[] words, int at, RuledText read) {
        int best = RuledText.NONE;
        for (int token = 0; token < words.length; token++) {
            boolean longer = words[token].length() > (best == RuledText.NONE ? 0 : words[best].length());
            if (longer && TEXT.startsWith(words[token], at) && read.allows(token)) {
                best = token;
            }
        }
        if (best == RuledText.NONE) {
            throw new IllegalArgumentException("the model's vocabulary cannot write JSON");
        }
        return best;
    }

    /** Follows the text once, with the first logits of {@code pass} at each token; not counted in a round below 0. */
    void measure(Pass pass, int round) {
        if (!again) {
            grammars = new Grammars(trie);
        }
        int columns = pass.vocabulary();
        row = row.length < columns ? new float[columns] : row;
        long begin = System.nanoTime();
        RuledText read = new RuledText(SamplingRules.none(1).on(GRAMMAR), grammars);
        read.append(0);
        for (int i = 0; i < text.size(); i++) {
            System.arraycopy(pass.logits(), pass.offset(0), row, 0, columns);
            read.apply(row, columns, Proposals.all(), ends);
            read.append(text.get(i));
        }
        long nanos = (System.nanoTime() - begin) / text.size();
        if (!read.mayEnd()) {
            throw new IllegalStateException("the text is not of the grammar: " + Arrays.toString(text.toArray()));
        }
        if (round >= 0) {
            samples.add(nanos);
        }
    }
}
