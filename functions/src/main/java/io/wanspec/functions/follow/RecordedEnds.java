package io.wanspec.functions.follow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.controller.FinishReason;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionOutcome.Failure;
import io.wanspec.functions.store.SessionHead;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How sessions ended, from their records. */
final class RecordedEnds {
    private static final JsonMapper MAPPER = new JsonMapper();

    private RecordedEnds() {}

    /** @param shown what each of the committed tokens shows */
    static Optional<SessionOutcome> of(SessionHead head, Tokens committed, List<String> shown) {
        return switch (head.status()) {
            case RUNNING -> Optional.empty();
            case FINISHED ->
                Optional.of(new SessionOutcome.Finished(
                        Objects.requireNonNullElse(head.finish(), FinishReason.STOP), ledger(head, committed, shown)));
            case CANCELLED ->
                Optional.of(new SessionOutcome.Finished(FinishReason.CANCELLED, ledger(head, committed, shown)));
            case FAILED ->
                Optional.of(new SessionOutcome.Failed(
                        Failure.TARGET_UNAVAILABLE, head.failure(), ledger(head, committed, shown)));
            case INCOMPLETE ->
                Optional.of(new SessionOutcome.Failed(
                        Failure.MOVED,
                        "Its server was lost, and nobody asked for the rest in time.",
                        ledger(head, committed, shown)));
        };
    }

    /** The counts of the function that ended it, if one did; text and tokens are of all. */
    private static Ledger ledger(SessionHead head, Tokens committed, List<String> shown) {
        String text = String.join("", shown);
        if (head.ledger().isEmpty()) {
            return new Ledger(text, committed, committed.size(), 0, 0, 0, List.of(), List.of(), 0, 0, 0, 0);
        }
        try {
            ObjectNode json = (ObjectNode) MAPPER.readTree(head.ledger());
            json.put("text", text);
            json.set("tokenIds", MAPPER.valueToTree(committed));
            json.put("tokens", committed.size());
            return MAPPER.treeToValue(json, Ledger.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored ledger cannot be read", e);
        }
    }
}
