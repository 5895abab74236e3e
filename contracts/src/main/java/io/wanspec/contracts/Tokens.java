package io.wanspec.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** An immutable sequence of token ids, each at least 0. */
public final class Tokens {
    private static final Tokens NONE = new Tokens(new int[0]);

    private final int[] ids;

    private Tokens(int[] ids) {
        this.ids = ids;
    }

    public static Tokens none() {
        return NONE;
    }

    /** A copy of {@code ids}; a negative id is refused. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Tokens of(int... ids) {
        for (int id : ids) {
            if (id < 0) {
                throw new IllegalArgumentException("token ids must not be negative, found " + id);
            }
        }
        return ids.length == 0 ? NONE : new Tokens(ids.clone());
    }

    /** A copy of the first {@code size} of {@code ids}; a negative id is refused. */
    public static Tokens of(int[] ids, int size) {
        return of(Arrays.copyOf(ids, size));
    }

    public int size() {
        return ids.length;
    }

    public boolean isEmpty() {
        return ids.length == 0;
    }

    public int get(int index) {
        return ids[index];
    }

    public boolean contains(int token) {
        for (int id : ids) {
            if (id == token) {
                return true;
            }
        }
        return false;
    }

    public int last() {
        return ids[ids.length - 1];
    }

    /** Ids from {@code from} (inclusive) to {@code to} (exclusive). */
    public Tokens slice(int from, int to) {
        if (from == 0 && to == ids.length) {
            return this;
        }
        return from == to ? NONE : new Tokens(Arrays.copyOfRange(ids, from, to));
    }

    public Tokens from(int from) {
        return slice(from, ids.length);
    }

    public Tokens plus(Tokens more) {
        if (more.isEmpty()) {
            return this;
        }
        int[] all = Arrays.copyOf(ids, ids.length + more.ids.length);
        System.arraycopy(more.ids, 0, all, ids.length, more.ids.length);
        return new Tokens(all);
    }

    public Tokens plus(int token) {
        return plus(Tokens.of(token));
    }

    /** Length of the longest common prefix. */
    public int commonPrefix(Tokens other) {
        int mismatch = Arrays.mismatch(ids, other.ids);
        return mismatch < 0 ? ids.length : mismatch;
    }

    @JsonValue
    public int[] toArray() {
        return ids.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tokens that && Arrays.equals(ids, that.ids);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ids);
    }

    @Override
    public String toString() {
        return Arrays.toString(ids);
    }
}
