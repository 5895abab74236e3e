package io.wanspec.functions.http;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import org.jspecify.annotations.Nullable;

/** The OpenAPI document, which the compiler makes of the controllers. */
@Controller("/openapi.json")
@OpenAPIDefinition(
        info =
                @Info(
                        title = "wanspec",
                        version = "1",
                        description = "An OpenAI-compatible API with speculative decoding across regions.",
                        license = @License(name = "Apache-2.0")))
public class DocumentController {
    private volatile byte @Nullable [] document;

    @Get
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "getDocument", summary = "This document.")
    @ApiResponse(
            responseCode = "200",
            description = "OpenAPI",
            content = @Content(schema = @Schema(ref = "#/components/schemas/Document")))
    HttpResponse<byte[]> document() {
        byte[] made = document;
        if (made == null) {
            made = Json.bytes(OpenApiDocument.read());
            document = made;
        }
        return HttpResponse.ok(made);
    }
}
