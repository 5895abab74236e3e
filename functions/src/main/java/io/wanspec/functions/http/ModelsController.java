package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.functions.link.Endpoints;
import io.wanspec.functions.link.Handshake;
import java.time.Instant;

/** OpenAI's list of models: the target. */
@Controller("/v1/models")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.APPLICATION_JSON)
public class ModelsController {
    private final Endpoints endpoints;
    private final long createdSeconds = Instant.now().getEpochSecond();

    ModelsController(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    @Get
    @Operation(operationId = "listModels", summary = "What is served.")
    @ApiResponse(
            responseCode = "200",
            description = "OK",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(ref = "#/components/schemas/ModelList")))
    HttpResponse<byte[]> list() {
        ObjectNode list = Json.object();
        list.put("object", "list");
        var data = list.putArray("data");
        if (endpoints.askTarget() instanceof Handshake.Agreed(var model, var _)) {
            data.add(entry(model));
        }
        return HttpResponse.ok(Json.bytes(list));
    }

    @Get("/{id:.+}")
    @Operation(operationId = "getModel", summary = "A model that is served.")
    @ApiResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = "application/json", schema = @Schema(ref = "#/components/schemas/Model")))
    HttpResponse<byte[]> one(@PathVariable String id) {
        if (endpoints.askTarget() instanceof Handshake.Agreed(var model, var _)) {
            if (model.name().equals(id)) {
                return HttpResponse.ok(Json.bytes(entry(model)));
            }
            throw ApiException.modelNotFound(id, model.name());
        }
        throw ApiException.unavailable("target_unavailable", "The model cannot be reached now.");
    }

    private ObjectNode entry(ModelIdentity model) {
        ObjectNode entry = Json.object();
        entry.put("id", model.name());
        entry.put("object", "model");
        entry.put("created", createdSeconds);
        entry.put("owned_by", "wanspec");
        return entry;
    }
}
