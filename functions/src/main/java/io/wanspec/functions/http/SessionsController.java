package io.wanspec.functions.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.wanspec.contracts.SessionId;
import io.wanspec.functions.access.Ownership;
import io.wanspec.functions.store.SessionRecord;
import io.wanspec.functions.store.SessionStore;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** What is remembered of a session: never its prompt or text. */
@Controller("/v1/wanspec/sessions")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.APPLICATION_JSON)
public class SessionsController {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final @Nullable SessionStore store;

    SessionsController(Optional<SessionStore> store) {
        this.store = store.orElse(null);
    }

    @Get("/{id}")
    @Operation(operationId = "getSession", summary = "What is remembered of a session: never prompt or text.")
    @ApiResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = "application/json", schema = @Schema(ref = "#/components/schemas/Session")))
    HttpResponse<byte[]> one(HttpRequest<?> http, @PathVariable String id) {
        Ownership owner = Ownership.of(http);
        SessionRecord record = find(id).filter(
                        found -> owner.equals(found.head().account().owner()))
                .orElseThrow(() -> unknown(id));
        return HttpResponse.ok(Json.bytes(json(record)));
    }

    private Optional<SessionRecord> find(String id) {
        if (store == null) {
            throw ApiException.notFound("sessions_not_kept", "This server does not remember sessions.");
        }
        SessionId session;
        try {
            session = new SessionId(id);
        } catch (IllegalArgumentException e) {
            throw unknown(id);
        }
        try {
            return store.find(session);
        } catch (SdkException e) {
            throw ApiException.unavailable("sessions_unavailable", "The table of sessions cannot be read now.");
        }
    }

    private static ApiException unknown(String id) {
        String shown = id.length() <= 64 ? id : id.substring(0, 64) + "...";
        return ApiException.notFound("session_not_found", "There is no session '" + shown + "', or it has expired.");
    }

    private static ObjectNode json(SessionRecord record) {
        ObjectNode json = Json.object();
        json.put("id", record.id().value());
        json.put("object", "wanspec.session");
        json.put("status", record.status().name().toLowerCase(Locale.ROOT));
        json.put("model", record.model());
        json.put("mode", record.mode());
        json.put("seed", record.sampling().seed());
        json.put("prompt_tokens", record.prompt().size());
        json.put("committed_tokens", record.committed().size());
        json.put("created", record.createdAt().getEpochSecond());
        json.put("expires_at", record.expiresAt().getEpochSecond());
        if (!record.failure().isEmpty()) {
            json.put("failure", record.failure());
        }
        if (!record.ledger().isEmpty()) {
            json.set("ledger", tree(record.ledger()));
        }
        return json;
    }

    private static JsonNode tree(String ledger) {
        try {
            return MAPPER.readTree(ledger);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored ledger is no JSON", e);
        }
    }
}
