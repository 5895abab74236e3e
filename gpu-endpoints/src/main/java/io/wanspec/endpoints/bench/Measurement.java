package io.wanspec.endpoints.bench;

import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.Pass;
import java.util.List;

/**
 * All cases, measured in turn: a disturbance by other processes falls on neighbouring cases of a round alike instead of on one
 * case alone, so that ratios suffer less than times.
 */
final class Measurement implements AutoCloseable {
    static final List<Integer> CONTEXTS = List.of(64, 256, 1024);

    /** Five tokens in a row, and another choice at three of them. */
    static final PassCase.Tree TREE_8 = new PassCase.Tree(List.of(-1, 0, 1, 2, 3, 0, 1, 2));

    /** Six tokens in a row; other choices at four of them, some of which are followed a step further. */
    static final PassCase.Tree TREE_16 = new PassCase.Tree(List.of(-1, 0, 1, 2, 3, 4, 0, 0, 1, 1, 2, 2, 3, 6, 7, 8));

    static final List<PassCase> TARGET_CASES = List.of(
            new PassCase.Run(1),
            new PassCase.Run(2),
            new PassCase.Run(5),
            new PassCase.Run(8),
            TREE_8,
            new PassCase.Run(16),
            TREE_16);
    static final List<PassCase> DRAFT_CASES =
            List.of(new PassCase.Run(1), new PassCase.Growth(1), new PassCase.Growth(8));

    /** The engine specialises a program in its first runs, and the JVM compiles the sampler. */
    private static final int WARM_UP_ROUNDS = 8;

    private static final int SAMPLES_PER_ROUND = 8;

    private final ModelCases target;
    private final ModelCases draft;
    private final List<MaskCase> masks;
    private final List<SamplingCase> sampling = List.of(new SamplingCase(0.8, 1), new SamplingCase(0.8, 0.95));

    Measurement(LanguageModel targetModel, LanguageModel draftModel) {
        int most = Math.min(
                targetModel.identity().contextTokens(), draftModel.identity().contextTokens());
        List<Integer> contexts =
                CONTEXTS.stream().filter(c -> needed(c) <= most).toList();
        if (contexts.isEmpty()) {
            throw new IllegalArgumentException(
                    "the models hold " + most + " tokens, the shortest case needs " + needed(CONTEXTS.getFirst()));
        }
        Tokens text = Prose.tokens(targetModel.text(), needed(contexts.getLast()));
        this.target = new ModelCases("target", targetModel, text, contexts, TARGET_CASES);
        this.masks = List.of(new MaskCase(targetModel, false), new MaskCase(targetModel, true));
        this.draft = new ModelCases("draft", draftModel, text, contexts, DRAFT_CASES);
    }

    /** @param rounds how often every case is measured */
    void run(int rounds) {
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            Pass first = target.warmUp(round);
            sample(first, round);
            for (MaskCase each : masks) {
                each.measure(first, round);
            }
            target.measure(round);
            draft.warmUp(round);
            draft.measure(round);
        }
    }

    private void sample(Pass pass, int round) {
        for (int i = 0; i < SAMPLES_PER_ROUND; i++) {
            for (SamplingCase each : sampling) {
                each.measure(pass, round);
            }
        }
    }

    List<ModelCases> models() {
        return List.of(target, draft);
    }

    List<MaskCase> masks() {
        return masks;
    }

    List<SamplingCase> sampling() {
        return sampling;
    }

    @Override
    public void close() {
        target.close();
        draft.close();
    }

    private static int needed(int context) {
        return ContextCase.tokensNeeded(context, TARGET_CASES);
    }
}
