package io.wanspec.contracts.grammar;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.wanspec.contracts.Limits;

/**
 * A language of texts, written in a part of GBNF, llama.cpp's notation: rules {@code name ::= ...} on a line each, the first of them {@code root}; literals
 * and classes of characters with the escapes {@code \n \r \t \" \\ \[ \] \- \^ \xHH}; groups, alternatives, names of rules, and {@code ? * + {m} {m,} {m,n}}.
 * It is what travels, in place of a schema, so that all parties mean the same by it, whatever their version knows of schemas.
 *
 * <p>Whatever is accepted here has at least one text, and no rule that begins with itself.
 */
public final class Grammar {
    private final String text;
    private final GrammarNetwork network;

    private Grammar(String text) {
        this.text = text;
        network = NetworkBuilder.build(GrammarReader.read(text));
    }

    /** @throws IllegalArgumentException that says what is wrong, and where */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Grammar of(String text) {
        if (text.length() > Limits.GRAMMAR_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "a grammar must have at most " + Limits.GRAMMAR_LENGTH_MAX + " characters, has " + text.length());
        }
        return new Grammar(text);
    }

    /** As written. */
    @JsonValue
    public String text() {
        return text;
    }

    /** How many states it has. */
    public int states() {
        return network.size();
    }

    GrammarNetwork network() {
        return network;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Grammar that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
