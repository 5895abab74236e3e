package io.wanspec.functions.responses;

/** How a text ended. */
public sealed interface TextEnd {
    /** Tokens that were generated. */
    int tokens();

    /** The model came to its end, or to a stop string. */
    record Completed(int tokens) implements TextEnd {}

    /** It has as many tokens as the request allowed. */
    record Full(int tokens) implements TextEnd {}

    /** Somebody asked for no more of it. */
    record Cancelled(int tokens) implements TextEnd {}

    /** Nobody went on with it in time. */
    record Abandoned(int tokens, String message) implements TextEnd {}

    /** @param message for the client */
    record Failed(int tokens, String message) implements TextEnd {}
}
