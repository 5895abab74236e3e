package io.wanspec.functions.responses;

/**
 * What is settled about a response before its text begins. It is remembered as it is, so that whoever tells of the response
 * later, in whatever process, tells the same.
 *
 * @param createdSeconds since the epoch; taken once
 * @param promptTokens the whole conversation's, as the model reads it
 * @param seed the client's, or one that was drawn
 * @param mode as the request asked for
 */
public record ResponseHead(
        ResponseId id,
        long createdSeconds,
        String model,
        int promptTokens,
        long seed,
        String mode,
        ResponseOptions options) {
    public ResponseHead {
        if (createdSeconds < 0 || promptTokens < 1) {
            throw new IllegalArgumentException("a response has a time and a prompt");
        }
    }
}
