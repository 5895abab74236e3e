package io.wanspec.functions.idempotency;

import io.wanspec.contracts.SessionId;
import io.wanspec.functions.session.SessionRequest;

/**
 * What an answer says beside its text and what that cost: settled before the text begins, and the same however often it is told.
 *
 * @param createdSeconds since the epoch; taken once
 * @param weights of the model, as a digest
 * @param seed the client's, or one that was drawn
 * @param mode as the request asked for
 */
public record AnswerFacts(
        SessionId session,
        long createdSeconds,
        String model,
        String weights,
        int promptTokens,
        long seed,
        String mode) {
    public static AnswerFacts of(SessionRequest request, long createdSeconds) {
        return new AnswerFacts(
                request.generation().session(),
                createdSeconds,
                request.target().name(),
                request.target().weights(),
                request.generation().prompt().size(),
                request.generation().sampling().seed(),
                request.speculation().mode().word());
    }
}
