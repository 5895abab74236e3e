package io.wanspec.functions.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.swagger.v3.oas.annotations.Hidden;
import io.wanspec.functions.edge.Callers;
import io.wanspec.functions.settings.ConsoleSettings;
import java.net.URI;
import java.util.Map;

/**
 * A page that shows what requests do, with its files: nothing but what came with this build, so that nobody needs a key to read it. All
 * that it shows it asks the API for, with the key that is typed into it. No part of the API, and so not in its document.
 */
@Hidden
@Controller("/console")
public class ConsoleController {
    /** Scripts and styles from files of this server alone, and no other server asked for anything. */
    private static final Map<String, String> HEADERS = Map.of(
            "content-security-policy",
            "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
            "x-content-type-options",
            "nosniff",
            "x-frame-options",
            "DENY",
            "referrer-policy",
            "no-referrer",
            "cross-origin-opener-policy",
            "same-origin",
            "cross-origin-resource-policy",
            "same-origin",
            "permissions-policy",
            "camera=(), geolocation=(), microphone=()",
            // Kept, and asked about each time: a new build is seen at once.
            HttpHeaders.CACHE_CONTROL,
            "no-cache");

    private final ConsoleSettings settings;
    private final ConsoleFiles files = new ConsoleFiles();

    ConsoleController(ConsoleSettings settings) {
        this.settings = settings;
    }

    /** Its files are beside it, wherever a gateway puts it: with a slash at its end it would be one of them. */
    @Get
    HttpResponse<?> page(HttpRequest<?> request) {
        check(request);
        return request.getPath().endsWith("/")
                ? HttpResponse.redirect(URI.create("../console"))
                : answer(request, ConsoleFiles.PAGE);
    }

    @Get("/{file}")
    HttpResponse<?> file(HttpRequest<?> request, @PathVariable String file) {
        check(request);
        if (file.equals(ConsoleFiles.PAGE)) {
            throw unknown(request);
        }
        return answer(request, file);
    }

    /** To others it is as if there was no such route. */
    private void check(HttpRequest<?> request) {
        if (!settings.isShown(Callers.isThisMachine(request))) {
            throw unknown(request);
        }
    }

    private MutableHttpResponse<?> answer(HttpRequest<?> request, String name) {
        ConsoleFile file = files.find(name).orElseThrow(() -> unknown(request));
        boolean known = request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH).stream()
                .anyMatch(tags -> tags.contains(file.tag()));
        MutableHttpResponse<?> response = known
                ? HttpResponse.notModified()
                : HttpResponse.ok(file.bytes()).contentType(file.type());
        HEADERS.forEach(response::header);
        return response.header(HttpHeaders.ETAG, file.tag());
    }

    private static ApiException unknown(HttpRequest<?> request) {
        return ApiException.unknownUrl(request.getMethod().name(), request.getPath());
    }
}
