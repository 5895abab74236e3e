package io.wanspec.endpoints.draft;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Tokens;

/** What a draft worker wants from its model next. */
public sealed interface DraftStep {
    /** Nothing: wait for the controller. */
    record Rest() implements DraftStep {}

    /** One forward pass. */
    sealed interface Forward extends DraftStep {
        /** How many cached tokens stay; the cache is cut to this length first. */
        int keep();

        /** What is appended to the cache, at least one. */
        Tokens tokens();
    }

    /** A pass that only fills the cache. */
    record Fill(int keep, Tokens tokens) implements Forward {}

    /**
     * A pass whose last logits give the guess for {@code position}.
     *
     * @param branch the prefix before {@code position}
     */
    record Guess(int keep, Tokens tokens, int position, Branch branch) implements Forward {}
}
