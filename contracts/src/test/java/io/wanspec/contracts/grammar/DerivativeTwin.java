package io.wanspec.contracts.grammar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What may follow by a grammar, byte for byte, by Brzozowski's derivatives of what its rules say: no states, no stacks, no memory.
 *
 * <p>Source: J. A. Brzozowski, "Derivatives of regular expressions", Journal of the ACM 11 (1964).
 */
final class DerivativeTwin {
    private final Map<String, GrammarExpression> rules;

    /** What is left of a text, one of the ways each. */
    private sealed interface Left {}

    /** Bytes of one character that has begun. */
    private record Begun(List<GrammarExpression.Range> ranges, String hex) implements Left {}

    private record Whole(GrammarExpression expression) implements Left {}

    /** What is left, part by part; nothing is left of an empty one. */
    private record Way(List<Left> parts) {}

    private List<Way> ways;

    DerivativeTwin(Map<String, GrammarExpression> rules) {
        this.rules = rules;
        ways = List.of(new Way(List.of(new Whole(new GrammarExpression.Rule("root")))));
    }

    private DerivativeTwin(Map<String, GrammarExpression> rules, List<Way> ways) {
        this.rules = rules;
        this.ways = ways;
    }

    DerivativeTwin copy() {
        return new DerivativeTwin(rules, ways);
    }

    /** @return whether anything may be left then */
    boolean append(byte[] bytes) {
        for (byte value : bytes) {
            List<Way> behind = new ArrayList<>();
            for (Way way : ways) {
                derive(way, value, behind);
            }
            ways = behind.stream().distinct().toList();
        }
        return !ways.isEmpty();
    }

    boolean mayEnd() {
        return ways.stream().anyMatch(way -> way.parts().stream().allMatch(this::mayBeNothing));
    }

    /** The bytes that may follow, among those that can be written. */
    BitSet following(BitSet writable) {
        BitSet following = new BitSet();
        writable.stream()
                .filter(value -> copy().append(new byte[] {(byte) value}))
                .forEach(following::set);
        return following;
    }

    private void derive(Way way, byte value, List<Way> into) {
        if (way.parts().isEmpty()) {
            return;
        }
        Left first = way.parts().getFirst();
        List<Left> rest = way.parts().subList(1, way.parts().size());
        switch (first) {
            case Begun(var ranges, var hex) -> character(ranges, HexFormat.of().parseHex(hex), value, rest, into);
            case Whole(var expression) -> derive(expression, value, rest, into);
        }
    }

    private void derive(GrammarExpression expression, byte value, List<Left> rest, List<Way> into) {
        switch (expression) {
            case GrammarExpression.Literal(var text) -> {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                if (bytes.length == 0) {
                    derive(new Way(rest), value, into);
                } else {
                    int first = text.codePointAt(0);
                    List<Left> behind = new ArrayList<>(List.of(
                            new Whole(new GrammarExpression.Literal(text.substring(Character.charCount(first))))));
                    behind.addAll(rest);
                    character(List.of(new GrammarExpression.Range(first, first)), new byte[0], value, behind, into);
                }
            }
            case GrammarExpression.OneOf(var ranges) -> character(ranges, new byte[0], value, rest, into);
            case GrammarExpression.Sequence(var parts) -> {
                List<Left> all = new ArrayList<>(parts.stream().map(Whole::new).toList());
                all.addAll(rest);
                derive(new Way(all), value, into);
            }
            case GrammarExpression.Choice(var alternatives) ->
                alternatives.forEach(one -> derive(one, value, rest, into));
            case GrammarExpression.Repeated(var part, var least, var most) ->
                repeated(part, least, most, value, rest, into);
            case GrammarExpression.Rule(var name) ->
                derive(Optional.ofNullable(rules.get(name)).orElseThrow(), value, rest, into);
        }
    }

    private void repeated(GrammarExpression part, int least, int most, byte value, List<Left> rest, List<Way> into) {
        if (most != 0) {
            List<Left> behind = new ArrayList<>();
            behind.add(new Whole(
                    new GrammarExpression.Repeated(part, Math.max(0, least - 1), most < 0 ? most : most - 1)));
            behind.addAll(rest);
            // Only what the part itself takes the byte with; what is nothing is left to what follows.
            derivePart(part, value, behind, into);
        }
        if (least == 0 || mayBeNothing(new Whole(part))) {
            derive(new Way(rest), value, into);
        }
    }

    /** A part's own derivatives: where it may be nothing, {@code behind} is not taken in its place. */
    private void derivePart(GrammarExpression part, byte value, List<Left> behind, List<Way> into) {
        List<Way> own = new ArrayList<>();
        derive(part, value, List.of(), own);
        for (Way way : own) {
            List<Left> all = new ArrayList<>(way.parts());
            all.addAll(behind);
            into.add(new Way(all));
        }
    }

    private void character(
            List<GrammarExpression.Range> ranges, byte[] before, byte value, List<Left> rest, List<Way> into) {
        byte[] bytes = Arrays.copyOf(before, before.length + 1);
        bytes[before.length] = value;
        int found = found(ranges, bytes);
        if (found == NONE) {
            return;
        }
        List<Left> behind = new ArrayList<>();
        if (found == CUT) {
            behind.add(new Begun(ranges, HexFormat.of().formatHex(bytes)));
        }
        behind.addAll(rest);
        into.add(new Way(behind));
    }

    private static final int NONE = 0;
    private static final int CUT = 1;
    private static final int FOUND = 2;

    /** Whether a character of the ranges is these bytes, or begins with them. */
    private static int found(List<GrammarExpression.Range> ranges, byte[] bytes) {
        for (GrammarExpression.Range range : ranges) {
            for (int character = Math.max(range.low(), least(bytes)); character <= range.high(); character++) {
                if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
                    continue;
                }
                byte[] own = Character.toString(character).getBytes(StandardCharsets.UTF_8);
                if (own.length >= bytes.length && Arrays.equals(own, 0, bytes.length, bytes, 0, bytes.length)) {
                    return own.length == bytes.length ? FOUND : CUT;
                }
                if (Arrays.compareUnsigned(own, bytes) > 0) {
                    break;
                }
            }
        }
        return NONE;
    }

    /** The least that a character with these first bytes can be. */
    private static int least(byte[] bytes) {
        int lead = bytes[0] & 0xFF;
        int length = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        int value = length == 1 ? lead & 0x7F : lead & (0x7F >> length);
        for (int i = 1; i < length; i++) {
            value = value << 6 | (i < bytes.length ? bytes[i] & 0x3F : 0);
        }
        return value;
    }

    private boolean mayBeNothing(Left left) {
        return left instanceof Whole(var expression) && mayBeNothing(expression);
    }

    private boolean mayBeNothing(GrammarExpression expression) {
        return switch (expression) {
            case GrammarExpression.Literal(var text) -> text.isEmpty();
            case GrammarExpression.OneOf any -> false;
            case GrammarExpression.Sequence(var parts) -> parts.stream().allMatch(this::mayBeNothing);
            case GrammarExpression.Choice(var alternatives) ->
                alternatives.stream().anyMatch(this::mayBeNothing);
            case GrammarExpression.Repeated(var part, var least, var most) -> least == 0 || mayBeNothing(part);
            case GrammarExpression.Rule(var name) ->
                mayBeNothing(Optional.ofNullable(rules.get(name)).orElseThrow());
        };
    }
}
