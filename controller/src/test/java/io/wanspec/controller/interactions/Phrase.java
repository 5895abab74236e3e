package io.wanspec.controller.interactions;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text that is read from left to right. What nobody reads is an error. */
final class Phrase {
    private static final Pattern WORD = Pattern.compile("[^\\s,:\"|]+");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?");

    private final String file;
    private final int line;
    private final String text;
    private int at;

    Phrase(String file, int line, String text) {
        this.file = file;
        this.line = line;
        this.text = text;
    }

    /** Reads {@code words} if they come next, as whole words. */
    boolean reads(String words) {
        int end = at + words.length();
        boolean next = text.startsWith(words, at) && isBoundary(words, end);
        if (next) {
            at = end;
            skipBlanks();
        }
        return next;
    }

    private boolean isBoundary(String words, int end) {
        boolean endsInLetter = Character.isLetterOrDigit(words.charAt(words.length() - 1));
        return !endsInLetter || end == text.length() || !Character.isLetterOrDigit(text.charAt(end));
    }

    void expect(String words) {
        if (!reads(words)) {
            throw bad("expected " + words);
        }
    }

    String word() {
        return match(WORD, "a word").group();
    }

    String quoted() {
        return match(QUOTED, "text in quotation marks").group(1);
    }

    /** What stands in quotation marks, to be read on its own. */
    Phrase inner() {
        return new Phrase(file, line, quoted());
    }

    double number() {
        return Double.parseDouble(match(NUMBER, "a number").group());
    }

    int integer() {
        double number = number();
        if (number != Math.rint(number)) {
            throw bad("expected a whole number");
        }
        return (int) number;
    }

    boolean isAtEnd() {
        return at == text.length();
    }

    /** Nothing may be left. */
    void end() {
        if (!isAtEnd()) {
            throw bad("nothing reads");
        }
    }

    BadScript bad(String message) {
        return new BadScript(file, line, message + (isAtEnd() ? " at the end of: " + text : ": " + text.substring(at)));
    }

    private Matcher match(Pattern pattern, String what) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            throw bad("expected " + what);
        }
        at = matcher.end();
        skipBlanks();
        return matcher;
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }
}
