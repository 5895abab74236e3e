package io.wanspec.functions.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import org.jspecify.annotations.Nullable;

/** OpenAI's responses. */
@Controller("/v1/responses")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM})
public class ResponsesController {
    private final ResponseCreation creation;
    private final StoredResponses stored;

    ResponsesController(ResponseCreation creation, StoredResponses stored) {
        this.creation = creation;
        this.stored = stored;
    }

    @Post
    @Operation(operationId = "createResponse", summary = "Makes a response, streamed or not.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(ref = "#/components/schemas/ResponseRequest")))
    @ApiResponse(
            responseCode = "200",
            description = "The response, or events of it.",
            content = {
                @Content(mediaType = "application/json", schema = @Schema(ref = "#/components/schemas/Response")),
                @Content(mediaType = "text/event-stream", schema = @Schema(ref = "#/components/schemas/Event"))
            })
    @Consumes(MediaType.APPLICATION_JSON)
    HttpResponse<?> create(HttpRequest<?> http, @Body byte @Nullable [] body) {
        return creation.create(http, body == null ? new byte[0] : body);
    }

    /** Whole, as far as it is made; or by its events, behind the last that the client has. */
    @Get("/{id}")
    @Operation(operationId = "getResponse", summary = "A response, as far as it is made.")
    @Parameter(name = "stream", in = ParameterIn.QUERY, schema = @Schema(type = "boolean"))
    @Parameter(name = "starting_after", in = ParameterIn.QUERY, schema = @Schema(type = "integer"))
    @ApiResponse(
            responseCode = "200",
            description = "OK",
            content = {
                @Content(mediaType = "application/json", schema = @Schema(ref = "#/components/schemas/Response")),
                @Content(mediaType = "text/event-stream", schema = @Schema(ref = "#/components/schemas/Event"))
            })
    HttpResponse<?> retrieve(HttpRequest<?> http, @PathVariable String id) {
        return stored.retrieve(http, id);
    }

    @Post("/{id}/cancel")
    @Operation(operationId = "cancelResponse", summary = "Ends a response in the background.")
    @ApiResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = "application/json", schema = @Schema(ref = "#/components/schemas/Response")))
    @Consumes(MediaType.ALL)
    HttpResponse<?> cancel(HttpRequest<?> http, @PathVariable String id) {
        return stored.cancel(http, id);
    }

    @Delete("/{id}")
    @Operation(operationId = "deleteResponse", summary = "Forgets a response.")
    @ApiResponse(
            responseCode = "200",
            description = "OK",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(ref = "#/components/schemas/DeletedResponse")))
    HttpResponse<?> delete(HttpRequest<?> http, @PathVariable String id) {
        return stored.delete(http, id);
    }

    @Get("/{id}/input_items")
    @Operation(operationId = "listInputItems", summary = "What a response was made of.")
    @Parameter(name = "limit", in = ParameterIn.QUERY, schema = @Schema(type = "integer"))
    @Parameter(name = "order", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
    @Parameter(name = "after", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
    @ApiResponse(
            responseCode = "200",
            description = "OK",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(ref = "#/components/schemas/InputItems")))
    HttpResponse<?> inputItems(HttpRequest<?> http, @PathVariable String id) {
        return stored.inputItems(http, id);
    }
}
