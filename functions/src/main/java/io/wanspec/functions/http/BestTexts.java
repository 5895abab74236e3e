package io.wanspec.functions.http;

import io.wanspec.contracts.TokenLogprobs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which of the texts that were made behind a prompt are the likeliest: by the mean log-probability of their tokens, as OpenAI documents it, the
 * likeliest first; of equally likely ones the first that was made.
 */
final class BestTexts {
    private BestTexts() {}

    /**
     * @param ends of all texts, those behind one prompt together
     * @return which of them are kept, in the order of the choices
     */
    static List<Integer> of(Choices choices, List<WholeAnswer.Ended> ends) {
        List<Integer> kept = new ArrayList<>();
        for (int from = 0; from < ends.size(); from += choices.made()) {
            IntStream behindOnePrompt = IntStream.range(from, from + choices.made());
            if (choices.areChosen()) {
                behindOnePrompt
                        .boxed()
                        .sorted(Comparator.comparingDouble(
                                        (Integer text) -> mean(ends.get(text).told()))
                                .reversed())
                        .limit(choices.each())
                        .forEach(kept::add);
            } else {
                behindOnePrompt.forEach(kept::add);
            }
        }
        return kept;
    }

    /** A text without tokens to tell of is the least likely. */
    static double mean(List<TokenLogprobs> told) {
        return told.stream()
                .mapToDouble(entry -> entry.logprobs().getFirst())
                .average()
                .orElse(Double.NEGATIVE_INFINITY);
    }
}
