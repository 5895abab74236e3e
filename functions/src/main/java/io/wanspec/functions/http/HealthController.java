package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.controller.Place;
import io.wanspec.functions.link.Endpoints;
import io.wanspec.functions.link.Handshake;
import io.wanspec.functions.session.Sessions;
import io.wanspec.functions.settings.DraftEndpoint;
import io.wanspec.functions.settings.WanSpecSettings;
import java.time.Duration;
import java.util.Optional;

/** Whether requests can be served, and which endpoints take part. Endpoints that were not asked lately are asked now. */
@Controller
@Produces(MediaType.APPLICATION_JSON)
@ExecuteOn(TaskExecutors.BLOCKING)
public class HealthController {
    /** However often somebody looks, an endpoint is asked no more often than this. */
    private static final Duration AGE_MAX = Duration.ofMillis(500);

    /** An answer across a wide-area network, or the news that there is none; a busy endpoint may take longer. */
    private static final Duration WAIT_MAX = Duration.ofSeconds(1);

    private final WanSpecSettings settings;
    private final Endpoints endpoints;
    private final Sessions sessions;

    HealthController(WanSpecSettings settings, Endpoints endpoints, Sessions sessions) {
        this.settings = settings;
        this.endpoints = endpoints;
        this.sessions = sessions;
    }

    /** 200 while the target can be used, 503 otherwise. */
    @Get(uris = {"/healthz", "/health"})
    @Operation(summary = "Whether requests can be served, and which endpoints take part.")
    @ApiResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = "application/json", schema = @Schema(ref = "#/components/schemas/Health")))
    @ApiResponse(
            responseCode = "503",
            description = "The target cannot be used.",
            content = @Content(mediaType = "application/json", schema = @Schema(ref = "#/components/schemas/Health")))
    HttpResponse<byte[]> health() {
        endpoints.refresh(AGE_MAX, WAIT_MAX);
        boolean up = endpoints.targetState() instanceof Handshake.Agreed;
        ObjectNode body = Json.object();
        body.put("status", status(up));
        body.put("protocol", ProtocolVersion.CURRENT.number());
        body.put("sessions", sessions.running());
        ObjectNode target = body.putObject("target");
        target.put("endpoint", settings.target().name());
        target.put("region", settings.target().region());
        describe(target, endpoints.targetState());
        target.put("since", endpoints.targetSince().toString());
        var drafts = body.putArray("drafts");
        for (DraftEndpoint draft : settings.drafts()) {
            ObjectNode entry = drafts.addObject();
            entry.put("id", draft.id().value());
            entry.put("place", draft.place() == Place.BUSY_REGION ? "busy-region" : "draft-region");
            entry.put("endpoint", draft.address().name());
            entry.put("region", draft.address().region());
            Optional.ofNullable(draft.address().site()).ifPresent(site -> entry.put("site", site.name()));
            describe(entry, endpoints.draftState(draft.id()));
            endpoints.draftSince(draft.id()).ifPresent(since -> entry.put("since", since.toString()));
        }
        return HttpResponse.status(up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(Json.bytes(body));
    }

    private String status(boolean up) {
        if (!up) {
            return "unavailable";
        }
        return settings.drafts().stream().allMatch(this::isAsItShouldBe) ? "ok" : "degraded";
    }

    /** A site without workers lacks nothing: they come and go. */
    private boolean isAsItShouldBe(DraftEndpoint draft) {
        return draft.address().site() != null || endpoints.draftState(draft.id()) instanceof Handshake.Agreed;
    }

    private static void describe(ObjectNode entry, Handshake state) {
        switch (state) {
            case Handshake.Agreed(var model, var protocol) -> {
                entry.put("state", "agreed");
                entry.put("model", model.name());
                entry.put("protocol", protocol.number());
            }
            case Handshake.Pending(var reason, var _) -> {
                entry.put("state", "pending");
                entry.put("reason", reason);
            }
            case Handshake.Refused(var reason) -> {
                entry.put("state", "refused");
                entry.put("reason", reason);
            }
        }
    }
}
