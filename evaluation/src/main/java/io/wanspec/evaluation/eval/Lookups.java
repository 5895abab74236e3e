package io.wanspec.evaluation.eval;

import io.wanspec.contracts.Tokens;
import io.wanspec.controller.lookup.PromptLookup;

/** Prompt lookup as a draft: what any real draft must beat. */
final class Lookups {
    private Lookups() {}

    /** DraftPredictions each token of {@code text}, given the prompt and the text before it. */
    static LookupFigures of(Tokens prompt, Tokens text) {
        PromptLookup lookup = new PromptLookup();
        lookup.onCommitted(prompt);
        int proposed = 0;
        int accepted = 0;
        for (int i = 0; i < text.size(); i++) {
            Tokens drafted = lookup.continuation(Tokens.none(), 1);
            proposed += drafted.isEmpty() ? 0 : 1;
            accepted += !drafted.isEmpty() && drafted.get(0) == text.get(i) ? 1 : 0;
            lookup.onCommitted(Tokens.of(text.get(i)));
        }
        return new LookupFigures(text.size(), proposed, accepted);
    }
}
