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
import io.wanspec.functions.access.Account;
import io.wanspec.functions.access.Ownership;
import io.wanspec.functions.follow.TextSource;
import io.wanspec.functions.follow.Texts;
import io.wanspec.functions.idempotency.AnswerFacts;
import io.wanspec.functions.session.Overloaded;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.session.Sessions;
import io.wanspec.functions.settings.WanSpecSettings;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** OpenAI's completions, chat and plain, streamed and not. */
@Controller("/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
public class CompletionsController {
    private final RequestReader reader;
    private final Preparation preparation;
    private final Sessions sessions;
    private final Idempotency idempotency;
    private final RepeatableCompletions repeatable;
    private final Texts texts;
    private final CompletionAnswers answers;
    private final Echoes echoes;
    private final ManyCompletions many;

    CompletionsController(
            WanSpecSettings settings,
            Preparation preparation,
            Sessions sessions,
            Idempotency idempotency,
            RepeatableCompletions repeatable,
            Texts texts,
            CompletionAnswers answers,
            Echoes echoes,
            ManyCompletions many) {
        this.reader = new RequestReader(settings.speculation());
        this.preparation = preparation;
        this.sessions = sessions;
        this.idempotency = idempotency;
        this.repeatable = repeatable;
        this.texts = texts;
        this.answers = answers;
        this.echoes = echoes;
        this.many = many;
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
        if (request.choices().count() > 1) {
            requireNoKey(call.isPresent());
            return many.complete(http, request, arrivedNanos);
        }
        if (call.isPresent()) {
            requireNoKeyedEcho(request);
            return repeatable.complete(http, request, call.get(), arrivedNanos);
        }
        try (var admission = sessions.admit();
                var prepared = preparation.prepare(request, Account.of(http), admission, arrivedNanos)) {
            SessionRequest session = prepared.session();
            var facts = AnswerFacts.of(session, Instant.now().getEpochSecond());
            Echo echo = echoes.of(request, session);
            TextSource text = prepared.start(() -> texts.start(admission, session, false));
            return answers.of(http, request, facts, echo, new FromFirstText(text));
        } catch (Overloaded e) {
            throw Errors.of(e);
        }
    }

    /** Each repeat would have the target compute it again. */
    private static void requireNoKeyedEcho(CompletionRequest request) {
        if (Echoes.areAsked(request)) {
            throw ApiException.unsupported(
                    "echo",
                    "With an " + Idempotency.HEADER
                            + " a prompt of text is echoed, but neither token ids nor log-probabilities of a prompt: leave the header,"
                            + " 'echo' or 'logprobs' out.");
        }
    }

    /** A key stands for one text. */
    private static void requireNoKey(boolean keyed) {
        if (keyed) {
            throw ApiException.unsupported(
                    Idempotency.HEADER,
                    "A request with an " + Idempotency.HEADER
                            + " is served one text: leave the header out, or send a request for each.");
        }
    }
}
