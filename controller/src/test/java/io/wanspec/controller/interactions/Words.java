package io.wanspec.controller.interactions;

import io.wanspec.contracts.Tokens;
import java.util.ArrayList;
import java.util.List;

/** The vocabulary of a script: each word is a token, numbered as it comes. Prefixes are written with "..." for the prompt. */
final class Words {
    /** The end-of-sequence token. */
    static final String END = "<end>";

    private static final String PROMPT = "...";

    private final List<String> words = new ArrayList<>(List.of(END));
    private Tokens prompt = Tokens.none();

    void promptIs(Tokens tokens) {
        prompt = tokens;
    }

    int token(String word) {
        int known = words.indexOf(word);
        if (known >= 0) {
            return known;
        }
        words.add(word);
        return words.size() - 1;
    }

    /** Words up to the end of the phrase, or up to a comma. */
    Tokens tokens(Phrase phrase) {
        Tokens tokens = Tokens.none();
        do {
            tokens = tokens.plus(token(phrase.word()));
        } while (!phrase.isAtEnd() && !phrase.reads(","));
        return tokens;
    }

    /** {@code "..."} is the prompt, {@code "... is blue"} the prompt and two tokens of the answer. */
    Tokens prefix(Phrase phrase) {
        Phrase inner = phrase.inner();
        inner.expect(PROMPT);
        return inner.isAtEnd() ? prompt : prompt.plus(tokens(inner));
    }

    /** The text that a token adds. */
    static String piece(String word) {
        return word.equals(END) ? "" : " " + word;
    }

    List<String> pieces(Tokens tokens) {
        List<String> pieces = new ArrayList<>();
        for (int token : tokens.toArray()) {
            pieces.add(piece(words.get(token)));
        }
        return pieces;
    }

    String text(Tokens tokens) {
        List<String> texts = new ArrayList<>();
        for (int token : tokens.toArray()) {
            texts.add(words.get(token));
        }
        return String.join(" ", texts);
    }

    String prefixText(Tokens prefix) {
        return '"' + PROMPT + (prefix.size() > prompt.size() ? " " + text(prefix.from(prompt.size())) : "") + '"';
    }
}
