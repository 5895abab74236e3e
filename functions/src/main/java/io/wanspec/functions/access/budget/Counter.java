package io.wanspec.functions.access.budget;

/**
 * How much functions have taken in one window.
 *
 * @param window by number, since 1970
 */
record Counter(long window, long taken) {
    Counter {
        if (taken < 0) {
            throw new IllegalArgumentException("nobody takes " + taken);
        }
    }

    /** A newer window begins with nothing taken. A function whose clock is behind counts in the window that others have begun. */
    Counter in(long newWindow) {
        return newWindow > window ? new Counter(newWindow, 0) : this;
    }

    Counter plus(long amount) {
        return new Counter(window, Math.max(0, taken + amount));
    }
}
