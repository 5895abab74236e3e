package io.wanspec.evaluation.loadbench;

import io.wanspec.contracts.ledger.Ledger;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a request ended.
 *
 * @param question what was asked
 * @param arrivals when which part of the text came
 * @param refused how often it was told to try again later, before it was let in
 * @param end what came of it
 */
record Answered(Question question, TextArrivals arrivals, int refused, End end) {
    /** The end of a request. */
    sealed interface End {
        /** The answer is whole. */
        record Whole(Ledger ledger, String text) implements End {}

        /** The client left in mid-stream, with this much of the text. */
        record Left(String text) implements End {}

        /** It was told to try again later, until nobody was measured any more. */
        record NotLetIn(long atNanos) implements End {}

        /** @param reason for a person */
        record Failed(String reason) implements End {}
    }

    /** How long it waited for the first of its text, or for nothing if it was not let in; absent if it failed before. */
    OptionalLong waitedNanos() {
        return end instanceof End.NotLetIn(long atNanos)
                ? OptionalLong.of(atNanos - arrivals.askedNanos())
                : arrivals.firstNanos();
    }

    /** Why it failed, if it did. */
    Optional<String> failure() {
        return end instanceof End.Failed failed ? Optional.of(failed.reason()) : Optional.empty();
    }
}
