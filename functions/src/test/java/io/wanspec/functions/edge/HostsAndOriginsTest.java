package io.wanspec.functions.edge;

import static io.wanspec.functions.edge.RawSocket.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.functions.Stage;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Web pages: those whose name was made to point here, and those of other origins. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class HostsAndOriginsTest {
    private static final String PREFLIGHT = "OPTIONS /v1/chat/completions HTTP/1.1";

    private static String preflight(String origin) {
        return request(
                PREFLIGHT,
                "Origin: " + origin,
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: authorization,content-type,x-stainless-os",
                "Connection: close");
    }

    private static String get(String path, String origin) {
        return request("GET " + path + " HTTP/1.1", "Origin: " + origin, "Connection: close");
    }

    private static String send(Stage stage, String bytes) throws IOException {
        return RawSocket.exchange(stage.server.getPort(), bytes);
    }

    @Test
    void anotherHostIsRefusedUnlessAllowed() throws Exception {
        String asked = "GET /v1/models HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
        try (Stage stage = new Stage(Map.of()).ready()) {
            String answer = send(stage, asked);
            assertThat(answer).startsWith("HTTP/1.1 403 ").contains("wanspec.http.allowed-hosts", "host_not_allowed");
            assertThat(answer.toLowerCase(Locale.ROOT)).contains("x-request-id: ");
        }
        try (Stage stage = new Stage(Map.of("wanspec.http.allowed-hosts", "evil.example, other.example")).ready()) {
            assertThat(send(stage, asked)).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aPreflightNamesTheSettingWherePagesMayNotCall() throws Exception {
        try (Stage stage = new Stage(Map.of()).ready()) {
            String answer = send(stage, preflight("https://app.example"));

            assertThat(answer).startsWith("HTTP/1.1 403 ").contains("wanspec.http.cors-origins", "origin_not_allowed");
            assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain("access-control-allow-origin");
            assertThat(send(stage, get("/v1/models", "https://app.example")))
                    .startsWith("HTTP/1.1 403 ")
                    .contains("origin_not_allowed");
            assertThat(send(stage, get("/v1/models", "null"))).startsWith("HTTP/1.1 403 ");
            assertThat(send(stage, get("/v1/models", "http://localhost:3000"))).startsWith("HTTP/1.1 200 ");
            assertThat(send(stage, preflight("http://localhost:3000"))).startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void anAllowedPageMayCallAndReadIdsAndErrors() throws Exception {
        try (Stage stage = new Stage(Map.of("wanspec.http.cors-origins", "https://app.example")).ready()) {
            String preflight = send(stage, preflight("https://app.example")).toLowerCase(Locale.ROOT);
            assertThat(preflight)
                    .startsWith("http/1.1 204 ")
                    .contains(
                            "access-control-allow-origin: https://app.example\r\n",
                            "access-control-allow-headers: authorization,content-type,x-stainless-os\r\n",
                            "access-control-allow-methods: get, post, delete, options\r\n",
                            "vary: origin\r\n");
            String error =
                    send(stage, get("/v1/nothing", "https://app.example")).toLowerCase(Locale.ROOT);
            assertThat(error)
                    .startsWith("http/1.1 404 ")
                    .contains(
                            "access-control-allow-origin: https://app.example\r\n",
                            "access-control-expose-headers: x-request-id",
                            "retry-after",
                            "x-ratelimit-remaining-requests",
                            "x-ratelimit-remaining-tokens");
            assertThat(send(stage, preflight("https://other.example"))).startsWith("HTTP/1.1 403 ");
        }
    }
}
