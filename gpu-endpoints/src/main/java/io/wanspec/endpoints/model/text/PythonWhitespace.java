package io.wanspec.endpoints.model.text;

/** Trims as Python does, for which templates are written: unlike Java's, its whitespace includes no-break spaces. */
final class PythonWhitespace {
    private static final char NEXT_LINE = '\u0085';

    private PythonWhitespace() {}

    static String stripLeading(String text) {
        int from = 0;
        while (from < text.length() && isSpace(text.charAt(from))) {
            from++;
        }
        return text.substring(from);
    }

    static String stripTrailing(String text) {
        int to = text.length();
        while (to > 0 && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(0, to);
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == NEXT_LINE;
    }
}
