package io.wanspec.controller.lookup;

import io.wanspec.contracts.Tokens;

/**
 * A prediction of the text as draft tokens for free: as long as the text is what was predicted, it is expected to go on so. Where it leaves the
 * prediction, or comes back to it elsewhere, another drafter takes over, which has read the prediction as if it had been said before.
 */
public final class PredictedText implements FreeDrafter {
    private static final int LEFT = -1;

    private final Tokens prediction;
    private final FreeDrafter otherwise;

    /** How many tokens are still to come before the text begins. */
    private int promptTokens;

    /** How much of the prediction the text is so far; {@link #LEFT} since it left it. */
    private int agreed;

    /** @param otherwise not asked anything before, nor told of the prediction */
    public PredictedText(Tokens prediction, int promptTokens, FreeDrafter otherwise) {
        this.prediction = prediction;
        this.promptTokens = promptTokens;
        this.otherwise = otherwise;
        otherwise.onCommitted(prediction);
    }

    @Override
    public void onCommitted(Tokens tokens) {
        otherwise.onCommitted(tokens);
        int prompt = Math.min(promptTokens, tokens.size());
        promptTokens -= prompt;
        agreed = behind(tokens.from(prompt));
    }

    /** How much of the prediction the text is with these tokens behind it. */
    private int behind(Tokens tokens) {
        int at = agreed;
        for (int i = 0; i < tokens.size() && at != LEFT; i++) {
            boolean foreseen = at < prediction.size() && prediction.get(at) == tokens.get(i);
            at = foreseen ? at + 1 : LEFT;
        }
        return at;
    }

    @Override
    public Tokens continuation(Tokens path, int most) {
        int at = behind(path);
        return at == LEFT || at == prediction.size()
                ? otherwise.continuation(path, most)
                : prediction.slice(at, Math.min(at + most, prediction.size()));
    }
}
