package io.wanspec.contracts.grammar;

import io.wanspec.contracts.grammar.GrammarExpression.Repeated;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a grammar's text into what its rules say. */
final class GrammarReader {
    private static final int NESTING_MAX = 64;
    private static final int TIMES_MAX = 100_000;
    private static final String NO_PART = "\n|)";

    private final String text;
    private int at;
    private int nesting;

    private GrammarReader(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException that says what is wrong, and where */
    static Map<String, GrammarExpression> read(String text) {
        return new GrammarReader(text).rules();
    }

    private Map<String, GrammarExpression> rules() {
        Map<String, GrammarExpression> rules = new LinkedHashMap<>();
        skip(" \t\n");
        while (at < text.length()) {
            String name = name();
            skip(" \t");
            expect("::=");
            if (rules.put(name, choice()) != null) {
                throw fault("the rule " + name + " stands twice");
            }
            if (at < text.length()) {
                expect("\n");
            }
            skip(" \t\n");
        }
        return rules;
    }

    private GrammarExpression choice() {
        if (++nesting > NESTING_MAX) {
            throw fault("groups nest deeper than " + NESTING_MAX);
        }
        List<GrammarExpression> alternatives = new ArrayList<>();
        do {
            alternatives.add(sequence());
        } while (take('|'));
        nesting--;
        return alternatives.size() == 1 ? alternatives.getFirst() : new GrammarExpression.Choice(alternatives);
    }

    private GrammarExpression sequence() {
        List<GrammarExpression> parts = new ArrayList<>();
        skip(" \t");
        while (at < text.length() && NO_PART.indexOf(text.charAt(at)) < 0) {
            parts.add(repeated(part()));
            skip(" \t");
        }
        return parts.size() == 1 ? parts.getFirst() : new GrammarExpression.Sequence(parts);
    }

    private GrammarExpression part() {
        return switch (text.charAt(at)) {
            case '"' -> literal();
            case '[' -> oneOf();
            case '(' -> group();
            default -> new GrammarExpression.Rule(name());
        };
    }

    private GrammarExpression group() {
        at++;
        GrammarExpression inner = choice();
        expect(")");
        return inner;
    }

    private GrammarExpression repeated(GrammarExpression part) {
        if (take('?')) {
            return new Repeated(part, 0, 1);
        }
        if (take('*')) {
            return new Repeated(part, 0, Repeated.UNBOUNDED);
        }
        if (take('+')) {
            return new Repeated(part, 1, Repeated.UNBOUNDED);
        }
        return take('{') ? times(part) : part;
    }

    private GrammarExpression times(GrammarExpression part) {
        int least = number();
        int most = least;
        if (take(',')) {
            most = at < text.length() && text.charAt(at) == '}' ? Repeated.UNBOUNDED : number();
        }
        expect("}");
        if (most != Repeated.UNBOUNDED && most < least) {
            throw fault("a repetition's second number must not be below its first");
        }
        return new Repeated(part, least, most);
    }

    private int number() {
        int begin = at;
        int value = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9' && value <= TIMES_MAX) {
            value = value * 10 + text.charAt(at++) - '0';
        }
        if (at == begin || value > TIMES_MAX) {
            throw fault("a number from 0 to " + TIMES_MAX + " is expected");
        }
        return value;
    }

    private GrammarExpression literal() {
        at++;
        StringBuilder read = new StringBuilder();
        while (!take('"')) {
            read.appendCodePoint(character());
        }
        return new GrammarExpression.Literal(read.toString());
    }

    private GrammarExpression oneOf() {
        at++;
        boolean others = take('^');
        List<GrammarExpression.Range> ranges = new ArrayList<>();
        while (!take(']')) {
            int low = character();
            ranges.add(new GrammarExpression.Range(low, take('-') ? character() : low));
        }
        return new GrammarExpression.OneOf(CharacterSets.sorted(ranges, others));
    }

    private int character() {
        if (at == text.length() || text.charAt(at) == '\n') {
            throw fault("a closing quote or bracket is missing");
        }
        int character = text.codePointAt(at);
        at += Character.charCount(character);
        if (character != '\\') {
            return whole(character);
        }
        if (at == text.length()) {
            throw fault("an escape is cut off");
        }
        char escaped = text.charAt(at++);
        return switch (escaped) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'x' -> hex();
            case '"', '\\', '[', ']', '-', '^' -> escaped;
            default -> throw fault("there is no escape \\" + escaped);
        };
    }

    private int whole(int character) {
        if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
            throw fault("half of a surrogate pair is no character");
        }
        return character;
    }

    private int hex() {
        int value = 0;
        for (int i = 0; i < 2; i++) {
            int digit = at < text.length() ? Character.digit(text.charAt(at++), 16) : -1;
            if (digit < 0) {
                throw fault("\\x takes two hexadecimal digits");
            }
            value = value * 16 + digit;
        }
        return value;
    }

    private String name() {
        int begin = at;
        while (at < text.length() && isOfName(text.charAt(at))) {
            at++;
        }
        if (at == begin) {
            throw fault("a rule's name, literal, class or group is expected");
        }
        return text.substring(begin, at);
    }

    private static boolean isOfName(char letter) {
        return (letter >= 'a' && letter <= 'z')
                || (letter >= 'A' && letter <= 'Z')
                || (letter >= '0' && letter <= '9')
                || letter == '-';
    }

    private void skip(String blanks) {
        while (at < text.length() && blanks.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean take(char letter) {
        boolean there = at < text.length() && text.charAt(at) == letter;
        at += there ? 1 : 0;
        return there;
    }

    private void expect(String what) {
        if (!text.startsWith(what, at)) {
            throw fault("'" + (what.equals("\n") ? "the line's end" : what) + "' is expected");
        }
        at += what.length();
    }

    private IllegalArgumentException fault(String what) {
        return new IllegalArgumentException("grammar, at character " + at + ": " + what);
    }
}
