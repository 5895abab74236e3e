package io.wanspec.functions.http;

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
import io.wanspec.functions.timeline.Timelines;
import software.amazon.awssdk.core.exception.SdkException;

/** What a session did and when, to whoever began it. */
@Controller("/v1/wanspec/sessions")
@ExecuteOn(TaskExecutors.BLOCKING)
public class TimelineController {
    /** A JSON object a line. */
    static final String JSON_LINES = "application/x-ndjson";

    private final Timelines timelines;

    TimelineController(Timelines timelines) {
        this.timelines = timelines;
    }

    @Get("/{id}/timeline")
    @Produces({JSON_LINES, MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "getSessionTimeline",
            summary =
                    "What a session did and when, an event a line: docs/timeline.md. Text only where its request asked for it.")
    @ApiResponse(
            responseCode = "200",
            description = "Events so far; the last is `end` where the session has ended.",
            content = @Content(mediaType = JSON_LINES, schema = @Schema(type = "string")))
    HttpResponse<byte[]> one(HttpRequest<?> http, @PathVariable String id) {
        return HttpResponse.ok(find(id, Ownership.of(http))).contentType(MediaType.of(JSON_LINES));
    }

    private byte[] find(String id, Ownership owner) {
        SessionId session;
        try {
            session = new SessionId(id);
        } catch (IllegalArgumentException e) {
            throw unknown(id);
        }
        try {
            return timelines.find(session, owner).orElseThrow(() -> unknown(id));
        } catch (SdkException e) {
            throw ApiException.unavailable("sessions_unavailable", "The table of sessions cannot be read now.");
        }
    }

    private static ApiException unknown(String id) {
        String shown = id.length() <= 64 ? id : id.substring(0, 64) + "...";
        return ApiException.notFound(
                "timeline_not_found",
                "There is no timeline of a session '" + shown
                        + "' here, or it has expired. One that is asked for (\"wanspec\": {\"timeline\": \"events\"}) is kept with its session.");
    }
}
