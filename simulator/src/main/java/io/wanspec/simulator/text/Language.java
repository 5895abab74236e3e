package io.wanspec.simulator.text;

import io.wanspec.contracts.Tokens;

/** Where texts come from. Immutable: threads may share one. */
public interface Language {
    /** A text behind this prompt; the same for the same seed. */
    Text text(Tokens prompt, long seed);

    /** Mean probability that the draft's first choice is the target's token. */
    double acceptance();
}
