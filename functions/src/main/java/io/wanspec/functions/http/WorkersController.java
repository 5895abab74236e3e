package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import io.wanspec.functions.access.Caller;
import io.wanspec.functions.access.KeyVerdict;
import io.wanspec.functions.access.Ownership;
import io.wanspec.functions.access.RouteScopes;
import io.wanspec.functions.link.Endpoints;
import io.wanspec.functions.workers.JoinOutcome;
import io.wanspec.functions.workers.JoinRequest;
import io.wanspec.functions.workers.WayIn;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where draft workers on site get their tickets. */
@Controller(RouteScopes.WORKERS)
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.APPLICATION_JSON)
public class WorkersController {
    private final Optional<WayIn> wayIn;
    private final Endpoints endpoints;

    WorkersController(Optional<WayIn> wayIn, Endpoints endpoints) {
        this.wayIn = wayIn;
        this.endpoints = endpoints;
    }

    @Post("/join")
    @Operation(
            operationId = "joinWorker",
            summary = "A draft worker on site joins, renews its ticket, or leaves. Asks for a worker's token.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(ref = "#/components/schemas/JoinRequest")))
    @ApiResponse(
            responseCode = "200",
            description = "A ticket for the relay, and where that is.",
            content = @Content(mediaType = "application/json", schema = @Schema(ref = "#/components/schemas/Joined")))
    @Consumes(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> join(HttpRequest<?> http, @Body byte @Nullable [] body) {
        WayIn open = wayIn.orElseThrow(() -> ApiException.notFound(
                "no_workers_on_site", "This server lets no workers on site in: wanspec.on-site is not set."));
        Optional<Caller> caller = Ownership.caller(http);
        if (caller.isPresent()) {
            return join(open, caller.get().keyId(), body);
        }
        return switch (open.verify(http.getHeaders().findFirst("authorization"))) {
            case KeyVerdict.Valid(var key) -> join(open, key.id(), body);
            case KeyVerdict.Refused(var reason) -> KeyErrors.unknown(reason);
            case KeyVerdict.Ended(var _, var reason) -> KeyErrors.unknown(reason);
            case KeyVerdict.Undecided(var why) -> KeyErrors.undecided(why);
        };
    }

    private HttpResponse<byte[]> join(WayIn open, String tokenId, byte @Nullable [] body) {
        JoinRequest request = JoinReader.read(body == null ? new byte[0] : body);
        return switch (TableCalls.call(() -> open.joining().join(tokenId, request))) {
            case JoinOutcome.Admitted admitted -> {
                endpoints.siteChanged(admitted.ticket().site());
                yield HttpResponse.ok(Json.bytes(JoinReader.json(admitted)));
            }
            case JoinOutcome.Left() -> HttpResponse.ok(Json.bytes(left()));
            case JoinOutcome.NoToken() -> KeyErrors.unknown(KeyVerdict.Reason.UNKNOWN);
            case JoinOutcome.Full(var sentence) ->
                throw ApiException.conflict("token_in_use", "No more workers are let in: " + sentence + ".");
        };
    }

    private static ObjectNode left() {
        ObjectNode json = Json.object();
        json.put("object", "wanspec.worker.left");
        return json;
    }
}
