package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.TokenLogprobs;
import io.wanspec.controller.FinishReason;
import io.wanspec.controller.SeenText;
import io.wanspec.functions.follow.Rendering;
import io.wanspec.functions.schema.CallSplitter;
import io.wanspec.functions.session.SessionOutcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A completion's chunks as server-sent events. What comes at once is one chunk; what text they make does not depend on it. */
final class CompletionRendering implements Rendering {
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);

    private final Answer answer;
    private final CompletionRequest request;

    private final boolean alone;

    /** Parts the answer where it may call tools. */
    private final CallSplitter splitter;

    /** Where the next token's text begins that is told of. */
    private int offset;

    CompletionRendering(Answer answer, CompletionRequest request) {
        this(answer, request, true);
    }

    /** @param alone whether the stream ends with this text */
    CompletionRendering(Answer answer, CompletionRequest request, boolean alone) {
        this.answer = answer;
        this.request = request;
        this.alone = alone;
        splitter = new CallSplitter(request.calls());
    }

    @Override
    public List<byte[]> begin() {
        if (request.api() == Api.CHAT) {
            return List.of(event(answer.roleChunk()));
        }
        offset = answer.echoLength();
        return answer.echoChunk().map(chunk -> List.of(event(chunk))).orElse(List.of());
    }

    @Override
    public List<byte[]> pieces(List<String> pieces) {
        return seen(SeenText.of(pieces));
    }

    @Override
    public List<byte[]> seen(SeenText seen) {
        String text = String.join("", seen.texts());
        List<TokenLogprobs> told = seen.told();
        if (text.isEmpty() && told.isEmpty()) {
            return List.of();
        }
        List<byte[]> events = request.mayCall()
                ? parts(splitter.take(text), told)
                : List.of(filled(answer.textChunk(text, told, offset)));
        offset += LogprobsJson.length(told);
        return events;
    }

    /** A chunk for each, the first of which has what is told of all; one of no text where there is none else to have it. */
    private List<byte[]> parts(List<CallSplitter.Part> parts, List<TokenLogprobs> told) {
        if (parts.isEmpty()) {
            return told.isEmpty() ? List.of() : List.of(filled(answer.textChunk("", told, offset)));
        }
        List<byte[]> events = new ArrayList<>();
        for (CallSplitter.Part part : parts) {
            List<TokenLogprobs> first = events.isEmpty() ? told : List.of();
            events.add(filled(answer.deltaChunk(answer.calls().delta(part), first, offset)));
        }
        return events;
    }

    private byte[] filled(ObjectNode chunk) {
        return event(request.streamed().obfuscated() ? Obfuscation.fill(chunk) : chunk);
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
        List<byte[]> events = new ArrayList<>(parts(splitter.end(), List.of()));
        events.add(event(answer.finishChunk(finished.reason(), finished.ledger(), splitter.hasCalled())));
        if (!alone) {
            return events;
        }
        events.addAll(last(request.includeUsage() ? answer.usageChunk(finished.ledger()) : null));
        return events;
    }

    /** What ends a stream. */
    static List<byte[]> last(@Nullable ObjectNode usage) {
        return usage == null ? List.of(DONE) : List.of(event(usage), DONE);
    }

    static byte[] event(ObjectNode chunk) {
        byte[] json = Json.bytes(chunk);
        byte[] event = new byte[DATA.length + json.length + 2];
        System.arraycopy(DATA, 0, event, 0, DATA.length);
        System.arraycopy(json, 0, event, DATA.length, json.length);
        event[event.length - 2] = '\n';
        event[event.length - 1] = '\n';
        return event;
    }
}
