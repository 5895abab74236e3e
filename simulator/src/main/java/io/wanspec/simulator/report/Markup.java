package io.wanspec.simulator.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Writes well-formed XML. Numbers lose what nobody sees. */
final class Markup {
    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** @param attributes names and values in turn */
    Markup open(String tag, Object... attributes) {
        begin(tag, attributes);
        out.append('>');
        open.push(tag);
        return this;
    }

    Markup empty(String tag, Object... attributes) {
        begin(tag, attributes);
        out.append("/>");
        return this;
    }

    Markup close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    Markup text(String text) {
        out.append(escaped(text));
        return this;
    }

    /** An element with nothing but text. */
    Markup element(String tag, String text, Object... attributes) {
        return open(tag, attributes).text(text).close();
    }

    /** What is well-formed already. */
    Markup raw(String markup) {
        out.append(markup);
        return this;
    }

    Markup line() {
        out.append('\n');
        return this;
    }

    private void begin(String tag, Object... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escaped(value(attributes[i + 1])))
                    .append('"');
        }
    }

    private static String value(Object value) {
        return value instanceof Double number ? number(number) : value.toString();
    }

    /** To a tenth. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("no place for " + value);
        }
        double rounded = Math.round(value * 10) / 10.0;
        return rounded == Math.rint(rounded)
                ? Long.toString((long) rounded)
                : String.format(Locale.ROOT, "%.1f", rounded);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("still open: " + open);
        }
        return out.toString();
    }
}
