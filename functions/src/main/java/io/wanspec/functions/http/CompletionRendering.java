package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.controller.FinishReason;
import io.wanspec.functions.follow.Rendering;
import io.wanspec.functions.session.SessionOutcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A completion's chunks as server-sent events. What comes at once is one chunk; what text they make does not depend on it. */
final class CompletionRendering implements Rendering {
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);

    private final Answer answer;
    private final CompletionRequest request;

    CompletionRendering(Answer answer, CompletionRequest request) {
        this.answer = answer;
        this.request = request;
    }

    @Override
    public List<byte[]> begin() {
        return request.api() == Api.CHAT ? List.of(event(answer.roleChunk())) : List.of();
    }

    @Override
    public List<byte[]> pieces(List<String> pieces) {
        String text = String.join("", pieces);
        return text.isEmpty() ? List.of() : List.of(event(answer.textChunk(text)));
    }

    @Override
    public List<byte[]> end(SessionOutcome outcome) {
        return switch (outcome) {
            case SessionOutcome.Finished finished -> finish(finished);
            case SessionOutcome.Failed failed -> List.of(event(Errors.body(Errors.of(failed))));
        };
    }

    private List<byte[]> finish(SessionOutcome.Finished finished) {
        if (finished.reason() == FinishReason.CANCELLED) {
            return List.of();
        }
        List<byte[]> events = new ArrayList<>();
        events.add(event(answer.finishChunk(finished.reason(), finished.ledger())));
        if (request.includeUsage()) {
            events.add(event(answer.usageChunk(finished.ledger())));
        }
        events.add(DONE);
        return events;
    }

    private static byte[] event(ObjectNode chunk) {
        byte[] json = Json.bytes(chunk);
        byte[] event = new byte[DATA.length + json.length + 2];
        System.arraycopy(DATA, 0, event, 0, DATA.length);
        System.arraycopy(json, 0, event, DATA.length, json.length);
        event[event.length - 2] = '\n';
        event[event.length - 1] = '\n';
        return event;
    }
}
