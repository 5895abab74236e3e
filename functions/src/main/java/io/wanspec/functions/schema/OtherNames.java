package io.wanspec.functions.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names of properties that are none of those that a schema describes, without escapes, so that no other spelling of those is among them. */
final class OtherNames {
    private static final String NEVER = "\\\"\\\\\\x00-\\x1F\\x7F";

    /** Each letter is a call within the one before it. */
    private static final int NAME_MAX = 256;

    private final Map<Integer, OtherNames> next = new LinkedHashMap<>();
    private boolean isName;

    private OtherNames() {}

    /** The rule of such a name behind its opening quote, with the closing one. */
    static String rule(Gbnf to, Collection<String> names) {
        String any = to.shared("other", "[^" + NEVER + "]* \"\\\"\"");
        if (names.stream().anyMatch(name -> name.length() > NAME_MAX)) {
            throw to.tooLarge();
        }
        OtherNames root = new OtherNames();
        names.stream().filter(OtherNames::isPlain).forEach(root::add);
        // A name has a character at least.
        root.isName = true;
        return root.rule(to, any);
    }

    /** One that needs an escape is no such name anyway. */
    private static boolean isPlain(String name) {
        return name.codePoints().noneMatch(c -> c < ' ' || c == '"' || c == '\\' || c == 0x7F);
    }

    private void add(String name) {
        OtherNames at = this;
        for (int character : name.codePoints().toArray()) {
            at = at.next.computeIfAbsent(character, any -> new OtherNames());
        }
        at.isName = true;
    }

    private String rule(Gbnf to, String any) {
        List<String> ways = new ArrayList<>();
        StringBuilder others = new StringBuilder("[^").append(NEVER);
        next.forEach((character, node) -> {
            String letter = Character.toString(character);
            others.append("]-^[".contains(letter) ? "\\" + letter : letter);
            ways.add(Gbnf.literal(letter) + " " + node.rule(to, any));
        });
        ways.add(others + "] " + any);
        if (!isName) {
            ways.add("\"\\\"\"");
        }
        return next.isEmpty() && !isName ? any : to.rule(String.join(" | ", ways));
    }
}
