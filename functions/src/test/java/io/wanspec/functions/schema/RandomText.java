package io.wanspec.functions.schema;

import io.wanspec.contracts.grammar.Grammar;
import io.wanspec.contracts.grammar.GrammarText;
import io.wanspec.contracts.grammar.Grammars;
import io.wanspec.contracts.grammar.TokenMask;
import io.wanspec.contracts.grammar.TokenTrie;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Writes a text by chance, as a model that is without any sense would: among the tokens that its grammar allows. */
final class RandomText {
    private static final int TOKENS_MAX = 20_000;

    /** Every byte, and what tokenizers make of JSON. */
    private static final List<byte[]> VOCABULARY = vocabulary();

    private static final Grammars GRAMMARS = new Grammars(TokenTrie.of(VOCABULARY.size(), VOCABULARY::get));

    /** What closes something. */
    private static final int[] CLOSING = "\"}],0".chars().toArray();

    private RandomText() {}

    private static List<byte[]> vocabulary() {
        List<byte[]> tokens = new ArrayList<>();
        IntStream.range(0, 256).forEach(value -> tokens.add(new byte[] {(byte) value}));
        for (String text : List.of(
                "{\"", "\": ", "\": \"", "\", \"", "\"}", "}}", "}]", "]}", "null", "true", "false", "name", "\"name",
                "abc", "ab", "é", "日", "日本", "😀", " the", "12", "-1", "0.", "[]", "{}", "\\n", "\\\"", "2024", "-0",
                "T1", "a@b", "\", ", ", ")) {
            tokens.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return tokens;
    }

    /** @throws AssertionError if it does not come to an end */
    static String write(Grammar grammar, Random random) {
        GrammarText text = GRAMMARS.text(grammar);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        for (int i = 0; i < TOKENS_MAX; i++) {
            TokenMask mask = text.mask();
            if (text.mayEnd() && (mask.count() == 0 || random.nextInt(2) == 0)) {
                return written.toString(StandardCharsets.UTF_8);
            }
            int token = next(mask, random);
            text.append(token);
            written.writeBytes(VOCABULARY.get(token));
        }
        throw new AssertionError("without an end: " + grammar);
    }

    private static int next(TokenMask mask, Random random) {
        if (random.nextInt(3) == 0) {
            int[] closing = IntStream.of(CLOSING).filter(mask::allows).toArray();
            if (closing.length > 0) {
                return closing[random.nextInt(closing.length)];
            }
        }
        int[] allowed =
                IntStream.range(0, VOCABULARY.size()).filter(mask::allows).toArray();
        if (allowed.length == 0) {
            throw new AssertionError("nothing may follow");
        }
        return allowed[random.nextInt(allowed.length)];
    }

    /** Whether a text is of a grammar. */
    static boolean isOf(Grammar grammar, String text) {
        GrammarText read = GRAMMARS.text(grammar);
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            read.append(value & 0xFF);
        }
        return read.mayEnd();
    }
}
