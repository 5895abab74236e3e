package io.wanspec.contracts.grammar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Small grammars over few characters, and vocabularies of them. */
final class RandomGrammar {
    private static final String[] CHARACTERS = {"a", "b", "c", "d", "\"", "]", "\\", "-", "\n", "é", "ê", "日", "😀"};
    private static final int RULES = 3;

    private final Random random;

    RandomGrammar(Random random) {
        this.random = random;
    }

    String text() {
        return "root ::= " + choice(3, 0) + "\n"
                + IntStream.range(1, RULES)
                        .mapToObj(rule -> "r" + rule + " ::= " + choice(2, rule))
                        .collect(Collectors.joining("\n"));
    }

    /** @param rule those behind it may be named anywhere, any of them behind a literal */
    private String choice(int depth, int rule) {
        return IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(_ -> sequence(depth, rule))
                .collect(Collectors.joining(" | "));
    }

    private String sequence(int depth, int rule) {
        return IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(_ -> part(depth, rule))
                .collect(Collectors.joining(" "));
    }

    private String part(int depth, int rule) {
        return switch (random.nextInt(depth == 0 ? 2 : 7)) {
            case 0 -> literal();
            case 1 -> set();
            case 2 -> "(" + choice(depth - 1, rule) + ")" + times();
            case 3 -> set() + times();
            case 4 -> rule + 1 < RULES ? "r" + (rule + 1 + random.nextInt(RULES - rule - 1)) + times() : literal();
            // Any rule, behind a byte and with a way around it.
            case 5 -> "(" + literal() + " (" + name() + " " + literal() + ")?)?";
            default -> "(" + literal() + " " + name() + ")?";
        };
    }

    private String name() {
        int rule = random.nextInt(RULES);
        return rule == 0 ? "root" : "r" + rule;
    }

    private String times() {
        String[] times = {"", "?", "*", "+", "{2}", "{1,3}", "{2,}", "{0,2}"};
        return times[random.nextInt(times.length)];
    }

    private String literal() {
        return IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(_ -> escaped(CHARACTERS[random.nextInt(CHARACTERS.length)]))
                .collect(Collectors.joining("", "\"", "\""));
    }

    private String set() {
        String members = IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(_ -> escaped(CHARACTERS[random.nextInt(CHARACTERS.length)]))
                .collect(Collectors.joining());
        String range = random.nextInt(3) == 0 ? "a-" + (char) ('a' + random.nextInt(4)) : "";
        return "[" + (random.nextInt(3) == 0 ? "^" : "") + members + range + "]";
    }

    private static String escaped(String character) {
        return switch (character) {
            case "\"", "]", "\\", "-" -> "\\" + character;
            case "\n" -> "\\n";
            default -> character;
        };
    }

    /** Every byte of the characters alone, or not quite, and some that are longer, in any order; some stand twice, some are no text. */
    List<byte[]> vocabulary() {
        List<byte[]> tokens = new ArrayList<>();
        Set<Byte> single = new LinkedHashSet<>();
        for (String character : CHARACTERS) {
            for (byte value : character.getBytes(StandardCharsets.UTF_8)) {
                single.add(value);
            }
        }
        boolean lacking = random.nextInt(4) == 0;
        for (byte value : single) {
            if (!lacking || random.nextInt(12) > 0) {
                tokens.add(new byte[] {value});
            }
        }
        for (int i = 0; i < 30; i++) {
            byte[] all = IntStream.range(0, 1 + random.nextInt(4))
                    .mapToObj(_ -> CHARACTERS[random.nextInt(CHARACTERS.length)])
                    .collect(Collectors.joining())
                    .getBytes(StandardCharsets.UTF_8);
            int from = random.nextInt(Math.min(3, all.length));
            tokens.add(java.util.Arrays.copyOfRange(all, from, all.length));
        }
        tokens.add(new byte[0]);
        tokens.add(tokens.get(random.nextInt(tokens.size())));
        Collections.shuffle(tokens, random);
        return tokens;
    }
}
