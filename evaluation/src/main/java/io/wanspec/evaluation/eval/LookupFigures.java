package io.wanspec.evaluation.eval;

/**
 * How well a lookup in the text so far drafts the next token.
 *
 * @param tokens that there were to draft
 * @param proposed at how many of them the lookup found something
 * @param accepted how many of those draft tokens were right
 */
record LookupFigures(int tokens, int proposed, int accepted) {
    static final LookupFigures NONE = new LookupFigures(0, 0, 0);

    LookupFigures plus(LookupFigures other) {
        return new LookupFigures(tokens + other.tokens, proposed + other.proposed, accepted + other.accepted);
    }

    /** Of all tokens: one without a draft token counts as rejected. */
    double acceptance() {
        return (double) accepted / tokens;
    }
}
