package io.wanspec.controller.lookup;

import io.wanspec.contracts.Tokens;

/** Draft tokens without a model, for where no draft is at hand. Learns the text as it grows. */
public interface FreeDrafter {
    /** Drafts nothing. */
    FreeDrafter NONE = new FreeDrafter() {
        @Override
        public void onCommitted(Tokens tokens) {}

        @Override
        public Tokens continuation(Tokens path, int most) {
            return Tokens.none();
        }
    };

    /** The text goes on; the first time with the prompt. */
    void onCommitted(Tokens tokens);

    /**
     * What may follow.
     *
     * @param path draft tokens behind the committed text, taken for granted
     * @param most tokens, at least 1
     */
    Tokens continuation(Tokens path, int most);

    /** How many of the first tokens of that continuation are the request's prediction of its text. */
    default int predicted(Tokens path, int most) {
        return 0;
    }

    /** Whether the text so far is what somebody said that it would be, and they said more. */
    default boolean isForeseen() {
        return false;
    }
}
