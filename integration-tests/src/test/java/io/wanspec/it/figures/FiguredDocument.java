package io.wanspec.it.figures;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A document with figures in it. {@code <!-- figures: NAME -->} and {@code <!-- end -->}, each on a line of its own, enclose a table;
 * {@code <!-- figure: FILE#POINTER PATTERN -->0.94<!-- -->} is a figure in a sentence: the value at a JSON pointer into the output of
 * {@code docs/measured/FILE.json}, or into a file of the repository if FILE ends in .json, printed by a
 * {@link java.text.DecimalFormat} pattern.
 */
final class FiguredDocument {
    private static final Pattern TABLE =
            Pattern.compile("(<!-- figures: ([\\w.-]+) -->\\n)(.*?)(<!-- end -->)", Pattern.DOTALL);
    private static final Pattern INLINE =
            Pattern.compile("(<!-- figure: ([\\w./-]+)#(\\S+) (\\S+) -->)([^<]*)(<!-- -->)");
    private static final Pattern OPENING = Pattern.compile("<!-- figures?:");

    private FiguredDocument() {}

    /** The text with all its figures as they are measured. */
    static String withFigures(String text, UnaryOperator<String> tables) {
        String tabled = replace(TABLE, text, found -> found.group(1) + tables.apply(found.group(2)) + found.group(4));
        String whole = replace(INLINE, tabled, found -> found.group(1) + inline(found) + found.group(6));
        requireWellFormed(text);
        return whole;
    }

    private static String inline(MatchResult found) {
        String source = found.group(2);
        if (source.endsWith(".json")) {
            return Measured.format(JsonFile.read(source).at(found.group(3)).asDouble(Double.NaN), found.group(4));
        }
        return Measured.format(Measured.read(source).number(found.group(3)), found.group(4));
    }

    /** A marker that is misspelt or not closed must not leave its figures unchecked. */
    private static void requireWellFormed(String text) {
        long opened = OPENING.matcher(text).results().count();
        long read = TABLE.matcher(text).results().count()
                + INLINE.matcher(text).results().count();
        if (opened != read) {
            throw new IllegalArgumentException(
                    opened + " markers of figures begin, but " + read + " are well-formed and closed");
        }
    }

    private static String replace(Pattern pattern, String text, Function<MatchResult, String> by) {
        return pattern.matcher(text).replaceAll(found -> Matcher.quoteReplacement(by.apply(found)));
    }
}
