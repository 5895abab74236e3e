package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.functions.edge.Callers;
import io.wanspec.functions.settings.ConsoleSettings;
import java.util.Optional;

/** What a person, or a probe, asks first. */
@Controller
public class AboutController {
    private static final String VERSION = Optional.ofNullable(
                    AboutController.class.getPackage().getImplementationVersion())
            .orElse("development");

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <title>WANSpec</title>
            <h1>WANSpec</h1>
            <p>An OpenAI-compatible API. Point a client's base URL to <code>/v1</code> here.</p>
            <ul>
            <li><a href="/openapi.json">/openapi.json</a>: every route</li>
            <li><a href="/v1/models">/v1/models</a>: what is served</li>
            <li><a href="/healthz">/healthz</a>: whether it can be</li>
            {console}</ul>
            </html>
            """;

    private static final String CONSOLE =
            "<li><a href=\"console\">/console</a>: try it, and see what requests do</li>\n";

    private final ConsoleSettings console;

    AboutController(ConsoleSettings console) {
        this.console = console;
    }

    @Get("/")
    @Produces(MediaType.TEXT_HTML)
    @Operation(operationId = "getPage", summary = "A page for people.")
    @ApiResponse(responseCode = "200", description = "OK", content = @Content(mediaType = "text/html"))
    HttpResponse<String> page(HttpRequest<?> request) {
        return HttpResponse.ok(
                PAGE.replace("{console}", console.isShown(Callers.isThisMachine(request)) ? CONSOLE : ""));
    }

    @Get("/version")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "getVersion", summary = "Version of this build, and of the protocol it speaks.")
    @ApiResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = "application/json", schema = @Schema(ref = "#/components/schemas/Version")))
    HttpResponse<byte[]> version() {
        ObjectNode version = Json.object();
        version.put("version", VERSION);
        version.put("protocol", ProtocolVersion.CURRENT.number());
        return HttpResponse.ok(Json.bytes(version));
    }
}
