package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.wanspec.functions.access.Ownership;
import io.wanspec.functions.follow.RecordedText;
import io.wanspec.functions.follow.Texts;
import io.wanspec.functions.idempotency.AnswerFacts;
import io.wanspec.functions.responses.ResponseHead;
import io.wanspec.functions.responses.ResponseId;
import io.wanspec.functions.responses.ResponseRecord;
import io.wanspec.functions.timeline.Timelines;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.OptionalInt;

/** Responses that were made before: asked for, followed, cancelled, deleted. */
@Singleton
final class StoredResponses {
    private final ResponseMemory memory;
    private final Texts texts;
    private final BackgroundResponses background;
    private final Idempotency idempotency;
    private final FollowedStream streams;
    private final Timelines timelines;

    StoredResponses(
            ResponseMemory memory,
            Texts texts,
            BackgroundResponses background,
            Idempotency idempotency,
            FollowedStream streams,
            Timelines timelines) {
        this.background = background;
        this.idempotency = idempotency;
        this.memory = memory;
        this.texts = texts;
        this.streams = streams;
        this.timelines = timelines;
    }

    HttpResponse<?> retrieve(HttpRequest<?> http, String id) {
        var query = new QueryFields(http);
        query.refuse("include");
        query.bool("include_obfuscation");
        boolean stream = query.bool("stream");
        OptionalInt after = query.integer("starting_after", 0, Integer.MAX_VALUE);
        query.refuseOthers();
        if (after.isPresent() && !stream) {
            throw ApiException.invalid("starting_after", "'starting_after' is only allowed when 'stream' is true.");
        }
        ResponseRecord record = find(http, id);
        return stream
                ? streams.of(
                        http,
                        record.head().id().session(),
                        texts.follow(
                                record.head().id().session(),
                                record.head().options().background()),
                        new ResponseRendering(record.head(), after.orElse(ResponseRendering.FROM_START)))
                : state(record);
    }

    HttpResponse<?> cancel(HttpRequest<?> http, String id) {
        ResponseRecord record = find(http, id);
        if (!record.head().options().background()) {
            throw ApiException.invalid(
                    "response_id",
                    "Only a response that was made with 'background' can be cancelled. To end another, close its connection.");
        }
        // To cancel twice is to cancel once: all that is left of the key is that it belongs to this request.
        idempotency
                .of(http, new byte[0], record.owner())
                .ifPresent(call -> call.claim(facts(record), Optional.empty()));
        if (text(record).end() == null) {
            TableCalls.run(() -> texts.cancel(record.head().id().session()));
        }
        return ResponseAnswer.of(record.head(), text(record));
    }

    HttpResponse<?> delete(HttpRequest<?> http, String id) {
        ResponseRecord record = find(http, id);
        ResponseId found = record.head().id();
        TableCalls.run(() -> texts.delete(found.session()));
        timelines.forget(found.session());
        memory.delete(found);
        ObjectNode json = Json.object();
        json.put("id", found.value());
        json.put("object", "response");
        json.put("deleted", true);
        return HttpResponse.ok(Json.bytes(json)).contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    HttpResponse<?> inputItems(HttpRequest<?> http, String id) {
        InputItemPage page = InputItemPage.read(new QueryFields(http));
        ResponseRecord record = find(http, id);
        return HttpResponse.ok(Json.bytes(page.of(record.conversation().items())))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    /** Asking for a response that nobody makes any more is a reason to go on with it. */
    private HttpResponse<?> state(ResponseRecord record) {
        RecordedText text = text(record);
        boolean begun = text.standing().begun() || !record.head().options().background();
        if (text.end() == null && text.standing().lapsed() && begun) {
            background.goOn(record);
        }
        return ResponseAnswer.of(record.head(), text);
    }

    private RecordedText text(ResponseRecord record) {
        ResponseId id = record.head().id();
        return TableCalls.call(() -> texts.find(id.session())).orElseThrow(() -> notFound(id.value()));
    }

    private ResponseRecord find(HttpRequest<?> http, String id) {
        Ownership owner = Ownership.of(http);
        return ResponseId.find(id).flatMap(known -> memory.find(known, owner)).orElseThrow(() -> notFound(id));
    }

    private static AnswerFacts facts(ResponseRecord record) {
        ResponseHead head = record.head();
        return new AnswerFacts(
                head.id().session(),
                head.createdSeconds(),
                head.model(),
                "",
                head.promptTokens(),
                head.seed(),
                head.mode());
    }

    private static ApiException notFound(String id) {
        return ApiException.notFound(
                "response_not_found",
                "Response with id '" + ApiException.shown(id) + "' not found. It may have expired, or was not stored.");
    }
}
