package io.wanspec.functions.table;

import org.jspecify.annotations.Nullable;

/** What became of a write that the table answered. */
public sealed interface Write {
    /** @param item as it is now, of a single update; null of anything else */
    record Done(@Nullable Item item) implements Write {}

    /**
     * A condition did not hold: nothing was written.
     *
     * @param index of the change whose condition it was, in a transaction
     * @param present the item that is there; null if there is none
     */
    record Refused(int index, @Nullable Item present) implements Write {}

    default boolean tookEffect() {
        return this instanceof Done;
    }
}
