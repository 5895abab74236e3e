package io.wanspec.functions.http;

import io.wanspec.contracts.Tokens;

/** Predictions are turned into tokens as raw prompts are, but stand where a text goes on. */
final class Predictions {
    private Predictions() {}

    /**
     * Without the model's begin-of-sequence token, which no text goes on with. The function does not know it, but chats of models that have one begin
     * with it; with those of others the first token of a template, which no text begins with either.
     *
     * @param predicted as a raw prompt
     * @param prompt of the chat, at least one token
     */
    static Tokens text(Tokens predicted, Tokens prompt) {
        return !predicted.isEmpty() && predicted.get(0) == prompt.get(0) ? predicted.from(1) : predicted;
    }
}
