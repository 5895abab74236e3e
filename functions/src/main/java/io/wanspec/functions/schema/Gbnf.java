package io.wanspec.functions.schema;

import io.wanspec.contracts.Limits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A grammar that is being written, rule by rule, within the bounds of one. Expressions are put together so that each can stand anywhere. */
final class Gbnf {
    /** What separates entries, and names from values: as Python writes JSON, and language models have read it. */
    static final String COMMA = "\", \"";

    static final String COLON = ": ";

    private final String path;
    private final Map<String, String> rules = new LinkedHashMap<>();
    private int length;
    private int named;

    /** @param path of the schema, for what is said of one that is too large */
    Gbnf(String path) {
        this.path = path;
        rules.put("root", "");
    }

    /** A rule of a fresh name, whose words follow by {@link #set}. */
    String reserve() {
        String name = "r" + named++;
        rules.put(name, "");
        return name;
    }

    void set(String name, String expression) {
        length += name.length() + expression.length() + " ::= \n".length();
        if (length > Limits.GRAMMAR_LENGTH_MAX) {
            throw tooLarge();
        }
        rules.put(name, expression);
    }

    /** The name of a rule that says this. */
    String rule(String expression) {
        String name = reserve();
        set(name, expression);
        return name;
    }

    /** The rule of this name, which is written when it is first asked for. */
    String shared(String name, String expression) {
        if (!rules.containsKey(name)) {
            set(name, expression);
        }
        return name;
    }

    boolean has(String name) {
        return rules.containsKey(name);
    }

    /** One behind the other. */
    String sequence(List<String> parts) {
        return checked(String.join(" ", parts));
    }

    /** Any of them. */
    String choice(List<String> alternatives) {
        List<String> different = alternatives.stream().distinct().toList();
        return different.size() == 1
                ? different.getFirst()
                : checked(different.stream().collect(Collectors.joining(" | ", "(", ")")));
    }

    /** @param most -1 for any number */
    static String times(String part, int least, int most) {
        return "(" + part + "){" + least + "," + (most < 0 ? "" : most) + "}";
    }

    static String optional(String part) {
        return "(" + part + ")?";
    }

    /** These characters. */
    static String literal(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(character -> {
            switch (character) {
                case '"', '\\' -> quoted.append('\\').appendCodePoint(character);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> quoted.appendCodePoint(character);
            }
        });
        return quoted.append('"').toString();
    }

    /** Beyond the bounds of a grammar. */
    SchemaException tooLarge() {
        return SchemaException.tooLarge(path);
    }

    private String checked(String expression) {
        if (expression.length() > Limits.GRAMMAR_LENGTH_MAX) {
            throw tooLarge();
        }
        return expression;
    }

    String text() {
        return rules.entrySet().stream()
                .map(rule -> rule.getKey() + " ::= " + rule.getValue())
                .collect(Collectors.joining("\n"));
    }
}
