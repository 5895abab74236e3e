package io.wanspec.functions.store;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.controller.Progress;
import io.wanspec.controller.SeenText;
import io.wanspec.controller.StopRule;
import java.time.Instant;
import java.util.List;

/**
 * What is remembered of a session.
 *
 * @param prediction what the text may be
 * @param progress what is durable of its text: another function goes on behind it
 */
public record SessionRecord(SessionHead head, Tokens prompt, Tokens prediction, Progress progress) {
    public SessionRecord {
        if (prompt.size() != head.promptTokens()
                || prediction.size() != head.predictionTokens()
                || progress.tokens().size() != head.committedTokens()) {
            throw new IllegalArgumentException("the record of session " + head.id() + " is not whole");
        }
    }

    public SessionId id() {
        return head.id();
    }

    public SessionStatus status() {
        return head.status();
    }

    public String model() {
        return head.target().name();
    }

    public String mode() {
        return head.speculation().mode().word();
    }

    public SamplingOptions sampling() {
        return head.sampling();
    }

    public Tokens committed() {
        return progress.tokens();
    }

    public GenerationRequest generation() {
        return head.generation(prompt, prediction);
    }

    /** What each durable token shows: what a client has been sent, or would have been. */
    public List<String> shown() {
        return progress.shown(StopRule.of(head.sampling(), head.stop()));
    }

    /** The same with the log-probabilities that were asked for. */
    public SeenText seen() {
        return progress.seen(StopRule.of(head.sampling(), head.stop()));
    }

    public String ledger() {
        return head.ledger();
    }

    public String failure() {
        return head.failure();
    }

    public Instant createdAt() {
        return head.createdAt();
    }

    public Instant expiresAt() {
        return head.expiresAt();
    }
}
