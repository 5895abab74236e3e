package io.wanspec.contracts.grammar;

import io.wanspec.contracts.grammar.GrammarExpression.Range;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Sets of characters, as ranges of them and as ranges of UTF-8 bytes. */
final class CharacterSets {
    /** The last character of one byte, of two, of three, and of all; halves of pairs, which are none, lie apart. */
    private static final int[] BLOCKS = {0x7F, 0x7FF, Character.MIN_SURROGATE - 1, 0xFFFF, Character.MAX_CODE_POINT};

    private CharacterSets() {}

    /**
     * In order, none twice.
     *
     * @param others whether those that are not named are meant
     */
    static List<Range> sorted(List<Range> ranges, boolean others) {
        List<Range> merged = new ArrayList<>();
        ranges.stream().sorted(Comparator.comparingInt(Range::low)).forEach(range -> merge(merged, range));
        return others ? others(merged) : merged;
    }

    private static void merge(List<Range> merged, Range range) {
        if (range.high() < range.low()) {
            throw new IllegalArgumentException("a grammar's range of characters must not end before it begins");
        }
        if (!merged.isEmpty() && merged.getLast().high() + 1 >= range.low()) {
            Range last = merged.removeLast();
            merged.add(new Range(last.low(), Math.max(last.high(), range.high())));
        } else {
            merged.add(range);
        }
    }

    private static List<Range> others(List<Range> ranges) {
        List<Range> others = new ArrayList<>();
        int from = 0;
        for (Range range : ranges) {
            if (range.low() > from) {
                others.add(new Range(from, range.low() - 1));
            }
            from = range.high() + 1;
        }
        if (from <= Character.MAX_CODE_POINT) {
            others.add(new Range(from, Character.MAX_CODE_POINT));
        }
        return others;
    }

    /** Edges for one character of a range. */
    static void add(GrammarNetwork network, int from, Range range, int to) {
        int low = range.low();
        for (int block : BLOCKS) {
            // Halves of pairs are between two blocks.
            int begin = low == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : low;
            int end = Math.min(range.high(), block);
            if (begin <= end && low <= block) {
                byte[] first = bytes(begin);
                addBytes(network, from, first, bytes(end), 0, to);
                low = block + 1;
            }
        }
    }

    /** Sequences of as many bytes, between two of them in order. */
    private static void addBytes(GrammarNetwork network, int from, byte[] low, byte[] high, int at, int to) {
        int lowest = low[at] & 0xFF;
        int highest = high[at] & 0xFF;
        if (at == low.length - 1) {
            network.bytes(from, lowest, highest, to);
            return;
        }
        if (lowest == highest) {
            int state = network.newState();
            network.bytes(from, lowest, lowest, state);
            addBytes(network, state, low, high, at + 1, to);
            return;
        }
        if (!isAll(low, at + 1, 0x80)) {
            addBytes(network, from, low, ended(low, at, 0xBF), at, to);
            lowest++;
        }
        if (!isAll(high, at + 1, 0xBF)) {
            addBytes(network, from, ended(high, at, 0x80), high, at, to);
            highest--;
        }
        if (lowest <= highest) {
            int state = from;
            int next = network.newState();
            network.bytes(state, lowest, highest, next);
            for (int i = at + 1; i < low.length; i++) {
                state = next;
                next = i == low.length - 1 ? to : network.newState();
                network.bytes(state, 0x80, 0xBF, next);
            }
        }
    }

    private static boolean isAll(byte[] bytes, int from, int value) {
        for (int i = from; i < bytes.length; i++) {
            if ((bytes[i] & 0xFF) != value) {
                return false;
            }
        }
        return true;
    }

    /** The same to {@code at}, then only {@code value}. */
    private static byte[] ended(byte[] bytes, int at, int value) {
        byte[] ended = bytes.clone();
        for (int i = at + 1; i < ended.length; i++) {
            ended[i] = (byte) value;
        }
        return ended;
    }

    private static byte[] bytes(int character) {
        return Character.toString(character).getBytes(StandardCharsets.UTF_8);
    }
}
