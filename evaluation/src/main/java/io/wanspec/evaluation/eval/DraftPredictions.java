package io.wanspec.evaluation.eval;

import io.wanspec.contracts.Ints;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What a draft expected at every token of some texts of its target, given the target's own text before it.
 *
 * @param texts at least one
 */
record DraftPredictions(List<Text> texts) {
    /**
     * One text.
     *
     * @param entropies of the draft's distributions, in thousandths of a nat
     * @param ranks of the target's tokens in the draft's order, 0 = the draft's own choice
     * @param surprisals of the draft's own choices, in thousandths of a nat
     */
    record Text(Ints entropies, Ints ranks, Ints surprisals) {
        Text {
            if (ranks.isEmpty() || ranks.size() != entropies.size() || ranks.size() != surprisals.size()) {
                throw new IllegalArgumentException(
                        "a text has at least one token, and an entropy and a surprisal for each," + " has "
                                + ranks.size() + ", " + entropies.size() + " and " + surprisals.size());
            }
        }

        int size() {
            return ranks.size();
        }

        /** Whether the draft's own choice for token {@code i} was the target's. */
        boolean accepted(int i) {
            return ranks.get(i) == 0;
        }
    }

    DraftPredictions {
        texts = List.copyOf(texts);
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("there must be a text");
        }
    }

    int tokens() {
        return texts.stream().mapToInt(Text::size).sum();
    }

    /** How many tokens of all texts have a rank like this. */
    int count(IntPredicate rank) {
        return texts.stream()
                .mapToInt(text ->
                        (int) Arrays.stream(text.ranks().toArray()).filter(rank).count())
                .sum();
    }

    double acceptance() {
        return (double) count(rank -> rank == 0) / tokens();
    }

    /** A value of all tokens that were accepted, or of all that were not. */
    int[] values(Function<Text, Ints> column, boolean accepted) {
        return texts.stream()
                .flatMapToInt(text -> IntStream.range(0, text.size())
                        .filter(i -> text.accepted(i) == accepted)
                        .map(column.apply(text)::get))
                .toArray();
    }
}
