package io.wanspec.controller.lookup;

import io.wanspec.contracts.Tokens;

/**
 * A prediction of the text as draft tokens for free: as long as the text is what was predicted, it is expected to go on so. Where it leaves the
 * prediction, or comes back to it elsewhere, it is looked up in what was said before: prompt, prediction and text, in this order.
 */
public final class PredictedText implements FreeDrafter {
    private static final int LEFT = -1;

    private final Tokens prediction;
    private final PromptLookup otherwise = new PromptLookup();

    /** How many tokens are still to come before the text begins. */
    private int promptTokens;

    /** Where the prediction begins among all that is looked up. */
    private final int from;

    /** How much of the prediction the text is so far; {@link #LEFT} since it left it. */
    private int agreed;

    public PredictedText(Tokens prediction, int promptTokens) {
        this.prediction = prediction;
        this.promptTokens = promptTokens;
        from = promptTokens;
    }

    @Override
    public void onCommitted(Tokens tokens) {
        int prompt = Math.min(promptTokens, tokens.size());
        otherwise.onCommitted(tokens.slice(0, prompt));
        promptTokens -= prompt;
        if (promptTokens > 0) {
            return;
        }
        if (otherwise.size() == from) {
            otherwise.onCommitted(prediction);
        }
        Tokens text = tokens.from(prompt);
        otherwise.onCommitted(text);
        agreed = behind(text);
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
        int at = asPredicted(path);
        return at == LEFT
                ? otherwise.continuation(path, most)
                : prediction.slice(at, Math.min(at + most, prediction.size()));
    }

    @Override
    public int predicted(Tokens path, int most) {
        int at = asPredicted(path);
        if (at == LEFT) {
            int found = otherwise.foundAt(path);
            at = found == PromptLookup.NOWHERE || found < from ? prediction.size() : found - from;
        }
        return Math.clamp(prediction.size() - at, 0, most);
    }

    @Override
    public boolean isForeseen() {
        return promptTokens == 0 && asPredicted(Tokens.none()) != LEFT;
    }

    /** Where the prediction goes on, if text and path are what it begins with and it says more. */
    private int asPredicted(Tokens path) {
        int at = behind(path);
        return at == prediction.size() ? LEFT : at;
    }
}
