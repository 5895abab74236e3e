package io.wanspec.functions.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.wanspec.controller.FinishReason;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.access.Ownership;
import io.wanspec.functions.flow.BoundedPublisher;
import io.wanspec.functions.flow.KeepAlive;
import io.wanspec.functions.idempotency.AnswerFacts;
import io.wanspec.functions.session.Overloaded;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.session.Sessions;
import io.wanspec.functions.settings.ServingLimits;
import io.wanspec.functions.settings.WanSpecSettings;
import io.wanspec.functions.store.SessionStore;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** OpenAI's completions, chat and plain, streamed and not. */
@Controller("/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
public class CompletionsController {
    private static final String SESSION_HEADER = "x-wanspec-session";
    private static final String LEDGER_HEADER = "x-wanspec-ledger";
    private static final MediaType EVENT_STREAM = MediaType.of("text/event-stream; charset=utf-8");

    /** Chunks that wait for the client; more hold the session back. */
    private static final int CHUNKS_WAITING_MAX = 256;

    private final RequestReader reader;
    private final Preparation preparation;
    private final Sessions sessions;
    private final ServingLimits limits;
    private final Optional<SessionStore> store;
    private final Idempotency idempotency;
    private final RepeatableCompletions repeatable;
    private final KeepAlive keepAlive;

    CompletionsController(
            WanSpecSettings settings,
            Preparation preparation,
            Sessions sessions,
            Optional<SessionStore> store,
            Idempotency idempotency,
            RepeatableCompletions repeatable,
            KeepAlive keepAlive) {
        this.reader = new RequestReader(settings.speculation());
        this.preparation = preparation;
        this.sessions = sessions;
        this.store = store;
        this.idempotency = idempotency;
        this.repeatable = repeatable;
        this.keepAlive = keepAlive;
        this.limits = settings.limits();
    }

    @Post("/chat/completions")
    @Operation(operationId = "createChatCompletion", summary = "Completes a chat, streamed or not.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(ref = "#/components/schemas/ChatCompletionRequest")))
    @ApiResponse(
            responseCode = "200",
            description = "The text, or events of it.",
            content = {
                @Content(mediaType = "application/json", schema = @Schema(ref = "#/components/schemas/Completion")),
                @Content(mediaType = "text/event-stream", schema = @Schema(ref = "#/components/schemas/Event"))
            })
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM})
    HttpResponse<?> chat(HttpRequest<?> http, @Body byte @Nullable [] body) {
        return complete(Api.CHAT, http, body);
    }

    @Post("/completions")
    @Operation(operationId = "createCompletion", summary = "Completes a text, streamed or not.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(ref = "#/components/schemas/CompletionRequest")))
    @ApiResponse(
            responseCode = "200",
            description = "The text, or events of it.",
            content = {
                @Content(mediaType = "application/json", schema = @Schema(ref = "#/components/schemas/Completion")),
                @Content(mediaType = "text/event-stream", schema = @Schema(ref = "#/components/schemas/Event"))
            })
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM})
    HttpResponse<?> text(HttpRequest<?> http, @Body byte @Nullable [] body) {
        return complete(Api.TEXT, http, body);
    }

    private HttpResponse<?> complete(Api api, HttpRequest<?> http, byte @Nullable [] body) {
        long arrivedNanos = System.nanoTime();
        byte[] bytes = body == null ? new byte[0] : body;
        CompletionRequest request = reader.read(api, bytes);
        var call = idempotency.of(http, bytes, Ownership.of(http));
        if (call.isPresent()) {
            return repeatable.complete(http, request, call.get(), arrivedNanos);
        }
        try (var admission = sessions.admit()) {
            SessionRequest session = preparation.prepare(request, Account.of(http), arrivedNanos);
            reserve(session);
            var answer =
                    new Answer(request, AnswerFacts.of(session, Instant.now().getEpochSecond()));
            return request.stream()
                    ? stream(http, request, session, answer, admission)
                    : whole(http, session, answer, admission);
        } catch (Overloaded e) {
            throw Errors.of(e);
        }
    }

    private void reserve(SessionRequest session) {
        try {
            store.ifPresent(s -> s.reserve(session));
        } catch (SdkException e) {
            throw ApiException.unavailable(
                    "sessions_unavailable", "The table of sessions cannot be written now, and it is required.");
        }
    }

    private HttpResponse<?> stream(
            HttpRequest<?> http,
            CompletionRequest request,
            SessionRequest session,
            Answer answer,
            Sessions.Admission admission) {
        var cancel = new CompletableFuture<Runnable>();
        Runnable gone = () -> {
            var _ = cancel.thenAccept(Runnable::run);
        };
        // Both signals are needed: the server cancels the body, and a client may go before the body is asked for.
        var watch = ClientConnection.watch(http, gone);
        var events = new BoundedPublisher<byte[]>(CHUNKS_WAITING_MAX, gone);
        keepAlive.watch(events);
        var sink = new StreamSink(new CompletionRendering(answer, request), events, limits.clientTimeout(), watch);
        cancel.complete(admission.start(session, sink));
        return HttpResponse.ok(events)
                .contentType(EVENT_STREAM)
                .header("cache-control", "no-cache")
                .header(SESSION_HEADER, session.generation().session().value());
    }

    private static HttpResponse<?> whole(
            HttpRequest<?> http, SessionRequest session, Answer answer, Sessions.Admission admission) {
        var sink = new WholeSink();
        try (var _ = ClientConnection.watch(http, admission.start(session, sink))) {
            return switch (sink.await()) {
                case SessionOutcome.Finished(var reason, var ledger)
                when reason != FinishReason.CANCELLED ->
                    HttpResponse.ok(Json.bytes(answer.whole(reason, ledger)))
                            .contentType(MediaType.APPLICATION_JSON_TYPE)
                            .header(
                                    SESSION_HEADER,
                                    session.generation().session().value())
                            .header(LEDGER_HEADER, Answer.summary(ledger));
                case SessionOutcome.Finished cancelled ->
                    throw ApiException.unavailable("cancelled", "The request was cancelled.");
                case SessionOutcome.Failed failed ->
                    Errors.response(Errors.of(failed))
                            .header(
                                    SESSION_HEADER,
                                    session.generation().session().value());
            };
        }
    }
}
