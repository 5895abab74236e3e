package io.wanspec.contracts.grammar;

import org.jspecify.annotations.Nullable;

/** Where a text goes on when the rule that it is in has ended: the calls that it is within, the innermost first. */
final class Frame {
    final @Nullable Frame outer;

    /** The state behind the call. */
    final int back;

    final int depth;
    private final int hash;

    Frame(@Nullable Frame outer, int back) {
        this.outer = outer;
        this.back = back;
        depth = depth(outer) + 1;
        hash = 31 * hash(outer) + back;
    }

    static int depth(@Nullable Frame frame) {
        return frame == null ? 0 : frame.depth;
    }

    static int hash(@Nullable Frame frame) {
        return frame == null ? 1 : frame.hash;
    }

    /** By content: frames of the same calls are made again and again. */
    static boolean same(@Nullable Frame one, @Nullable Frame other) {
        Frame a = one;
        Frame b = other;
        while (a != b) {
            if (a == null || b == null || a.hash != b.hash || a.back != b.back || a.depth != b.depth) {
                return false;
            }
            a = a.outer;
            b = b.outer;
        }
        return true;
    }
}
