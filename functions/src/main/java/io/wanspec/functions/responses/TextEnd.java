package io.wanspec.functions.responses;

/** How a text ended. */
public sealed interface TextEnd {
    /** Tokens that were generated. */
    int tokens();

    /** Tokens of the prompt that the target had in its cache. */
    int cachedTokens();

    /** The model came to its end, or to a stop string. */
    record Completed(int tokens, int cachedTokens) implements TextEnd {}

    /** It has as many tokens as the request allowed. */
    record Full(int tokens, int cachedTokens) implements TextEnd {}

    /** Somebody asked for no more of it. */
    record Cancelled(int tokens, int cachedTokens) implements TextEnd {}

    /** Nobody went on with it in time. */
    record Abandoned(int tokens, int cachedTokens, String message) implements TextEnd {}

    /** @param message for the client */
    record Failed(int tokens, int cachedTokens, String message) implements TextEnd {}
}
