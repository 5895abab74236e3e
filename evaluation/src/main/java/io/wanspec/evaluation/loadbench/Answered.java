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
    private static final String TOO_LATE = "no end of the answer by the end of the measurement";

    /** The end of a request. */
    sealed interface End {
        /** The answer is whole. */
        record Whole(Ledger ledger, String text) implements End {}

        /** The client left in mid-stream, with this much of the text. */
        record Left(String text) implements End {}

        /** It was told to try again later, until nobody was measured any more. */
        record NotLetIn(long atNanos) implements End {}

        /** The measurement ended before it did. */
        record TooLate(long atNanos) implements End {}

        /** @param reason for a person */
        record Failed(String reason) implements End {}
    }

    /** How long it waited for the first of its text, or for nothing until nobody waited any more; absent if it failed before. */
    OptionalLong waitedNanos() {
        return switch (end) {
            case End.NotLetIn(long atNanos) -> OptionalLong.of(atNanos - arrivals.askedNanos());
            case End.TooLate(long atNanos) ->
                OptionalLong.of(arrivals.firstNanos().orElse(atNanos - arrivals.askedNanos()));
            case End.Whole _, End.Left _, End.Failed _ -> arrivals.firstNanos();
        };
    }

    /** Why it failed, if it did. */
    Optional<String> failure() {
        return switch (end) {
            case End.Failed(String reason) -> Optional.of(reason);
            case End.TooLate _ -> Optional.of(TOO_LATE);
            case End.Whole _, End.Left _, End.NotLetIn _ -> Optional.empty();
        };
    }
}
