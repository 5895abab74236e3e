package io.wanspec.functions.access.budget;

/** A place that others need too: whoever only waits holds none, so that a key at its limit keeps no other key out. */
public interface HeldPlace {
    /** Once, or more often. */
    void giveBack();

    /** @throws RuntimeException if there is none by now */
    void takeAgain();
}
