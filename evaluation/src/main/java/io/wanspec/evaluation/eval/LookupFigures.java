package io.wanspec.evaluation.eval;

/**
 * How well a lookup in the text so far guesses the next token.
 *
 * @param tokens that there were to guess
 * @param proposed at how many of them the lookup found something
 * @param accepted how many of those guesses were right
 */
record LookupFigures(int tokens, int proposed, int accepted) {
    static final LookupFigures NONE = new LookupFigures(0, 0, 0);

    LookupFigures plus(LookupFigures other) {
        return new LookupFigures(tokens + other.tokens, proposed + other.proposed, accepted + other.accepted);
    }

    /** Of all tokens: one without a guess counts as not guessed. */
    double acceptance() {
        return (double) accepted / tokens;
    }
}
