package io.wanspec.controller.lookup;

import io.wanspec.contracts.Tokens;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Prompt lookup: finds where the last two or three tokens occurred before, in the prompt or the answer, and drafts that they
 * are followed by the same again. Longer matches go first, and of equal ones the latest.
 *
 * <p>Source: Saxena, "Prompt lookup decoding" (2023); also known as n-gram or suffix drafting.
 */
public final class PromptLookup implements FreeDrafter {
    static final int NOWHERE = -1;

    private static final int LONGEST = 3;
    private static final int SHORTEST = 2;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final Map<Long, Integer> endOf = new HashMap<>();
    private int[] text = new int[256];
    private int size;

    @Override
    public void onCommitted(Tokens tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            append(tokens.get(i));
        }
    }

    @Override
    public Tokens continuation(Tokens path, int most) {
        int from = foundAt(path);
        return from == NOWHERE ? Tokens.none() : Tokens.of(Arrays.copyOfRange(text, from, Math.min(from + most, size)));
    }

    /** Where what follows {@code path} stands in all that was read so far; {@link #NOWHERE} if it was not there before. */
    int foundAt(Tokens path) {
        int[] tail = tail(path);
        for (int length = Math.min(LONGEST, tail.length); length >= SHORTEST; length--) {
            Integer end = endOf.get(digest(tail, tail.length - length, length));
            if (end != null && matches(tail, length, end)) {
                return end;
            }
        }
        return NOWHERE;
    }

    /** How many tokens were read so far. */
    int size() {
        return size;
    }

    /** Runs are entered when the next token comes, so that a run never finds itself at the end of the text. */
    private void append(int token) {
        for (int length = SHORTEST; length <= Math.min(LONGEST, size); length++) {
            endOf.put(digest(text, size - length, length), size);
        }
        if (size == text.length) {
            text = Arrays.copyOf(text, size * 2);
        }
        text[size++] = token;
    }

    /** The last tokens of the text with {@code path} behind it. */
    private int[] tail(Tokens path) {
        int length = Math.min(LONGEST, size + path.size());
        int[] tail = new int[length];
        for (int i = 0; i < length; i++) {
            int at = size + path.size() - length + i;
            tail[i] = at < size ? text[at] : path.get(at - size);
        }
        return tail;
    }

    /** Digests may collide, also with those of shorter runs. */
    private boolean matches(int[] tail, int length, int end) {
        return end >= length && Arrays.equals(tail, tail.length - length, tail.length, text, end - length, end);
    }

    private static long digest(int[] tokens, int from, int length) {
        long digest = length;
        for (int i = from; i < from + length; i++) {
            digest = (digest ^ tokens[i]) * MULTIPLIER;
            digest ^= digest >>> 29;
        }
        return digest;
    }
}
