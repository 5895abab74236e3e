package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.contracts.request.SpeculationFields;
import io.wanspec.controller.SeenText;
import io.wanspec.functions.follow.Portion;
import io.wanspec.functions.follow.RecordedText;
import io.wanspec.functions.follow.TextSource;
import io.wanspec.functions.responses.ResponseHead;
import io.wanspec.functions.responses.ResponseJson;
import io.wanspec.functions.responses.ResponseState;
import io.wanspec.functions.session.SessionOutcome;
import java.util.Optional;

/** Answers with a whole response, as far as there is one. */
final class ResponseAnswer {
    private ResponseAnswer() {}

    static MutableHttpResponse<byte[]> of(ResponseHead head, ResponseState state) {
        return answer(head, new ResponseJson(head).of(state));
    }

    /** As recorded. */
    static MutableHttpResponse<byte[]> of(ResponseHead head, RecordedText text) {
        if (text.end() != null) {
            return ended(head, text.seen(), text.end(), false);
        }
        boolean begun = text.standing().begun() || !head.options().background();
        var phase = begun ? ResponseState.Phase.IN_PROGRESS : ResponseState.Phase.QUEUED;
        return of(head, new ResponseState(phase, text.seen(), Optional.empty()));
    }

    /** Waits for the end. */
    static MutableHttpResponse<byte[]> whole(ResponseHead head, TextSource source, boolean withTokenIds)
            throws InterruptedException {
        SeenText seen = SeenText.none();
        while (true) {
            Portion portion = source.from(seen.texts().size());
            seen = seen.plus(portion.seen());
            if (portion.end() != null) {
                return ended(head, seen, portion.end(), withTokenIds);
            }
        }
    }

    static MutableHttpResponse<byte[]> ended(
            ResponseHead head, SeenText seen, SessionOutcome outcome, boolean withTokenIds) {
        var state = new ResponseState(ResponseState.Phase.IN_PROGRESS, seen, Optional.of(ResponseEnds.of(outcome)));
        ObjectNode json = new ResponseJson(head).of(state);
        Ledger ledger = outcome.ledger();
        ((ObjectNode) json.get(SpeculationFields.OBJECT)).set("ledger", LedgerJson.of(ledger, withTokenIds));
        return answer(head, json).header(FollowedStream.LEDGER_HEADER, Answer.summary(ledger));
    }

    private static MutableHttpResponse<byte[]> answer(ResponseHead head, ObjectNode json) {
        return HttpResponse.ok(Json.bytes(json))
                .contentType(MediaType.APPLICATION_JSON_TYPE)
                .header(FollowedStream.SESSION_HEADER, head.id().session().value());
    }
}
