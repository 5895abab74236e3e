package io.wanspec.functions.access.budget;

/** What a function has taken of a window and not yet spent. */
record Held(long window, long left) {
    static final Held NOTHING = new Held(-1, 0);

    /** Of two windows only the newer counts. */
    Held and(Held other) {
        if (window == other.window) {
            return plus(other.left);
        }
        return window > other.window ? this : other;
    }

    Held plus(long amount) {
        return new Held(window, left + amount);
    }
}
