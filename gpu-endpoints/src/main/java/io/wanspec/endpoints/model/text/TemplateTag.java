package io.wanspec.endpoints.model.text;

/**
 * A tag of a Jinja template.
 *
 * @param kind what follows its opening brace: <code>{</code> for an expression, {@code %} for a block, {@code #} for a comment
 * @param before sign that rules the whitespace before the tag: {@code -}, {@code +} or a blank for none
 * @param body what stands between the signs
 * @param behind sign that rules the whitespace behind it
 * @param end index behind the tag
 */
record TemplateTag(char kind, char before, String body, char behind, int end) {
    private static final char NO_SIGN = ' ';

    /** Kind of what is left for the engine to complain about. */
    private static final char UNCLOSED = '?';

    /** The index of the next tag from {@code from} on, or -1. */
    static int next(String template, int from) {
        for (int i = template.indexOf('{', from); i >= 0; i = template.indexOf('{', i + 1)) {
            if (i + 1 < template.length() && "{%#".indexOf(template.charAt(i + 1)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /** The tag that begins at {@code open}; one that is never closed reaches to the template's end. */
    static TemplateTag at(String template, int open) {
        char kind = template.charAt(open + 1);
        int close = kind == '#' ? template.indexOf("#}", open + 2) : close(template, open + 2, kind);
        if (close < 0) {
            return new TemplateTag(UNCLOSED, NO_SIGN, template.substring(open), NO_SIGN, template.length());
        }
        String inner = template.substring(open + 2, close);
        char before = inner.isEmpty() ? NO_SIGN : sign(inner.charAt(0));
        char behind = inner.length() < 2 ? NO_SIGN : sign(inner.charAt(inner.length() - 1));
        String body = inner.substring(before == NO_SIGN ? 0 : 1, inner.length() - (behind == NO_SIGN ? 0 : 1));
        return new TemplateTag(kind, before, body, behind, close + 2);
    }

    /** The tag without its signs. */
    String plain() {
        return switch (kind) {
            case '{' -> "{{" + body + "}}";
            case '%' -> "{%" + body + "%}";
            case UNCLOSED -> body;
            default -> "";
        };
    }

    boolean isExpression() {
        return kind == '{' || kind == UNCLOSED;
    }

    private static char sign(char c) {
        return c == '-' || c == '+' ? c : NO_SIGN;
    }

    /** Where the closing of an expression or a block stands; not in quotes, nor within a dictionary. */
    private static int close(String template, int from, char kind) {
        char closing = kind == '{' ? '}' : '%';
        int depth = 0;
        for (int i = from; i + 1 < template.length(); i++) {
            char c = template.charAt(i);
            if (c == '\'' || c == '"') {
                i = endOfString(template, i);
            } else if (depth == 0 && c == closing && template.charAt(i + 1) == '}') {
                return i;
            } else if (c == '{') {
                depth++;
            } else if (c == '}') {
                depth--;
            }
        }
        return -1;
    }

    private static int endOfString(String template, int open) {
        int i = open + 1;
        while (i < template.length() && template.charAt(i) != template.charAt(open)) {
            i += template.charAt(i) == '\\' ? 2 : 1;
        }
        return i;
    }
}
