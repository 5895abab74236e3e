package io.wanspec.endpoints.bench;

import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.LanguageModel;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What passes of a target and of its draft take, with logits of every token, measured in turn: each model's own kind, which is
 * runs of tokens for a target and new nodes of its tree for a draft.
 *
 * @param context tokens before the passes
 * @param targetMs median milliseconds, by tokens of the pass
 * @param draftMs the same of the draft
 */
public record PassCosts(int context, SortedMap<Integer, Double> targetMs, SortedMap<Integer, Double> draftMs) {
    /** Sizes of the passes, in tokens. */
    public static final List<Integer> SIZES = List.of(1, 2, 4, 8, 16);

    private static final List<PassCase> TARGET_CASES =
            SIZES.stream().<PassCase>map(PassCase.Run::new).toList();

    private static final List<PassCase> DRAFT_CASES =
            SIZES.stream().<PassCase>map(PassCase.Growth::new).toList();

    private static final int CONTEXT = 256;

    /** As in the benchmark: the engine specialises a program in its first runs. */
    private static final int WARM_UP_ROUNDS = 8;

    /** @param rounds how often each size is measured, another alignment each time */
    public static PassCosts measure(LanguageModel target, LanguageModel draft, int rounds) {
        int most = Math.min(target.identity().contextTokens(), draft.identity().contextTokens());
        int context = Math.min(CONTEXT, most - ContextCase.tokensNeeded(0, TARGET_CASES));
        if (context < 1) {
            throw new IllegalArgumentException(
                    "the models hold " + most + " tokens, too few to measure passes of " + SIZES.getLast());
        }
        Tokens text = Prose.tokens(target.text(), ContextCase.tokensNeeded(context, TARGET_CASES));
        try (ContextCase targetCase = new ContextCase(target, text, context, TARGET_CASES);
                ContextCase draftCase = new ContextCase(draft, text, context, DRAFT_CASES)) {
            for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
                measure(targetCase, round);
                measure(draftCase, round);
            }
            return new PassCosts(context, medians(targetCase), medians(draftCase));
        }
    }

    private static void measure(ContextCase each, int round) {
        var _ = each.warmUp(round);
        each.measure(round);
    }

    private static SortedMap<Integer, Double> medians(ContextCase measured) {
        SortedMap<Integer, Double> medians = new TreeMap<>();
        measured.samples().forEach((each, samples) -> medians.put(each.tokens(), samples.medianMs()));
        return medians;
    }
}
