package io.wanspec.functions.edge;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.wanspec.functions.settings.EdgeSettings;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which web pages may call (Fetch Standard, "CORS protocol"). A page that may not is not told what came back. */
final class Origins {
    private static final String METHODS = "GET, POST, DELETE, OPTIONS";
    private static final String EXPOSED =
            "x-request-id, x-wanspec-session, x-wanspec-ledger, retry-after, x-ratelimit-limit-requests, "
                    + "x-ratelimit-remaining-requests, x-ratelimit-reset-requests, x-ratelimit-limit-tokens, "
                    + "x-ratelimit-remaining-tokens, x-ratelimit-reset-tokens";
    private static final String MAX_AGE_SECONDS = "600";
    private static final Pattern HEADER_NAMES = Pattern.compile("[A-Za-z0-9!#$&^_.+, -]{1,2048}");

    /** Of pages on the internet that call into a private network; Chrome asks. */
    private static final String PRIVATE_NETWORK = "access-control-request-private-network";

    private final EdgeSettings settings;

    Origins(EdgeSettings settings) {
        this.settings = settings;
    }

    static boolean isPreflight(HttpRequest<?> request) {
        return request.getMethod() == HttpMethod.OPTIONS
                && request.getHeaders().contains(HttpHeaders.ORIGIN)
                && request.getHeaders().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    }

    /**
     * A page of another origin is refused at its preflight. Where only this machine is answered, it is refused before a simple
     * request can do anything either, unless it is a page of this machine.
     */
    boolean isRefused(HttpRequest<?> request) {
        @Nullable String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
        if (origin == null || settings.allowsOrigin(origin)) {
            return false;
        }
        return isPreflight(request) || !settings.hosts().allows(hostOf(origin));
    }

    /** {@code null}, the origin of files and of frames without one, is no host's. */
    private static String hostOf(String origin) {
        int scheme = origin.indexOf("://");
        return scheme < 0 ? "no host" : origin.substring(scheme + 3);
    }

    MutableHttpResponse<?> preflight(HttpRequest<?> request) {
        MutableHttpResponse<?> response = HttpResponse.noContent();
        response.header(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        response.header(HttpHeaders.ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS);
        @Nullable String headers = request.getHeaders().get(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
        if (headers != null && HEADER_NAMES.matcher(headers).matches()) {
            response.header(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, headers);
        }
        if (request.getHeaders().contains(PRIVATE_NETWORK)) {
            response.header("access-control-allow-private-network", "true");
        }
        return response;
    }

    /** The origin itself even where all are allowed: a cache keeps the answers apart. */
    void answer(HttpRequest<?> request, MutableHttpResponse<?> response) {
        @Nullable String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
        if (origin == null || !settings.allowsOrigin(origin)) {
            return;
        }
        HttpHeaders headers = response.getHeaders();
        if (!headers.contains(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN)) {
            response.header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            response.header(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
            response.header(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        }
    }
}
