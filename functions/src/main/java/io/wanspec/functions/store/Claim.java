package io.wanspec.functions.store;

import java.time.Duration;

/** What came of the attempt to take a session over. */
public sealed interface Claim {
    /** It is this function's, which goes on behind what is durable. */
    record Taken(SessionRecord record) implements Claim {}

    /**
     * Another function has it.
     *
     * @param left how long its lease lasts if it is not renewed, with a margin for clocks that differ
     */
    record Held(Duration left) implements Claim {}

    /** It has ended: there is nothing to go on with. */
    record Ended(SessionRecord record) implements Claim {}

    /** There is no such session, or it has expired. */
    record Unknown() implements Claim {}
}
