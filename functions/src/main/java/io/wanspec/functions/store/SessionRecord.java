package io.wanspec.functions.store;

import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import java.time.Instant;
import java.util.List;

/**
 * What is remembered of a session.
 *
 * @param owner drawn by the process that runs the session
 * @param fence raised by whoever takes the session over; a write with an older one is refused
 * @param committed the completion's tokens so far
 * @param ledger without text and tokens, as JSON; empty while the session runs
 * @param failure why it failed, or empty
 */
public record SessionRecord(
        SessionId id,
        SessionStatus status,
        String owner,
        long fence,
        String model,
        String mode,
        SamplingOptions sampling,
        int maxTokens,
        List<String> stop,
        Tokens prompt,
        Tokens committed,
        String ledger,
        String failure,
        Instant createdAt,
        Instant expiresAt) {
    public SessionRecord {
        stop = List.copyOf(stop);
    }

    SessionRecord with(SessionStatus newStatus, Tokens newCommitted, String newLedger, String newFailure) {
        return new SessionRecord(
                id,
                newStatus,
                owner,
                fence,
                model,
                mode,
                sampling,
                maxTokens,
                stop,
                prompt,
                newCommitted,
                newLedger,
                newFailure,
                createdAt,
                expiresAt);
    }
}
