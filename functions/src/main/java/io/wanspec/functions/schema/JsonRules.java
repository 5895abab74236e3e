package io.wanspec.functions.schema;

import java.util.List;

/** What JSON's own values are. Numbers have as many digits as any reader keeps; strings are written without escapes where there is no need of any. */
final class JsonRules {
    /** Digits of an integer that every reader of JSON keeps exactly. */
    static final int DIGITS_MAX = 15;

    private JsonRules() {}

    static String character(Gbnf to) {
        return to.shared("char", "[^\\\"\\\\\\x00-\\x1F\\x7F] | \"\\\\\" [\\\"\\\\/bfnrt]");
    }

    static String string(Gbnf to) {
        return to.shared("string", "\"\\\"\" " + character(to) + "* \"\\\"\"");
    }

    static String integer(Gbnf to) {
        return to.shared("integer", "\"-\"? (\"0\" | [1-9] [0-9]{0," + (DIGITS_MAX - 1) + "})");
    }

    static String number(Gbnf to) {
        return to.shared("number", integer(to) + " (\".\" [0-9]{1," + DIGITS_MAX + "})? ([eE] [+\\-]? [0-9]{1,2})?");
    }

    static String bool() {
        return "(\"true\" | \"false\")";
    }

    static String nothing() {
        return "\"null\"";
    }

    /** Any value. */
    static String value(Gbnf to) {
        if (!to.has("value")) {
            // Reserved first: values are within values.
            to.shared("value", "");
            to.set("value", to.choice(List.of(object(to), array(to), string(to), number(to), bool(), nothing())));
        }
        return "value";
    }

    static String object(Gbnf to) {
        if (!to.has("object")) {
            to.shared("object", "");
            String pair = to.rule(string(to) + " " + Gbnf.literal(Gbnf.COLON) + " " + value(to));
            to.set("object", "\"{\" (" + pair + " (" + Gbnf.COMMA + " " + pair + ")*)? \"}\"");
        }
        return "object";
    }

    static String array(Gbnf to) {
        if (!to.has("array")) {
            to.shared("array", "");
            String value = value(to);
            to.set("array", "\"[\" (" + value + " (" + Gbnf.COMMA + " " + value + ")*)? \"]\"");
        }
        return "array";
    }
}
