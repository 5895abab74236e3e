package io.wanspec.functions.follow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.controller.FinishReason;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionOutcome.Failure;
import io.wanspec.functions.store.SessionRecord;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How sessions ended, from their records. */
final class RecordedEnds {
    private static final JsonMapper MAPPER = new JsonMapper();

    private RecordedEnds() {}

    static Optional<SessionOutcome> of(SessionRecord record) {
        return switch (record.status()) {
            case RUNNING -> Optional.empty();
            case FINISHED ->
                Optional.of(new SessionOutcome.Finished(
                        Objects.requireNonNullElse(record.progress().finish(), FinishReason.STOP), ledger(record)));
            case CANCELLED -> Optional.of(new SessionOutcome.Finished(FinishReason.CANCELLED, ledger(record)));
            case FAILED ->
                Optional.of(new SessionOutcome.Failed(Failure.TARGET_UNAVAILABLE, record.failure(), ledger(record)));
            case INCOMPLETE ->
                Optional.of(new SessionOutcome.Failed(
                        Failure.MOVED, "Its server was lost, and nobody asked for the rest in time.", ledger(record)));
        };
    }

    /** The counts of the function that ended it, if one did; text and tokens are of all. */
    private static Ledger ledger(SessionRecord record) {
        String text = String.join("", record.shown());
        if (record.ledger().isEmpty()) {
            return new Ledger(
                    text, record.committed(), record.committed().size(), 0, 0, 0, List.of(), List.of(), 0, 0, 0, 0);
        }
        try {
            ObjectNode json = (ObjectNode) MAPPER.readTree(record.ledger());
            json.put("text", text);
            json.set("tokenIds", MAPPER.valueToTree(record.committed()));
            json.put("tokens", record.committed().size());
            return MAPPER.treeToValue(json, Ledger.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored ledger cannot be read", e);
        }
    }
}
