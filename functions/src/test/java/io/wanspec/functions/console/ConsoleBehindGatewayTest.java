package io.wanspec.functions.console;

import static io.wanspec.functions.console.ConsoleServedTest.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.functions.access.GatewayWord;
import io.wanspec.functions.access.KeySecret;
import io.wanspec.functions.access.KeyedStage;
import io.wanspec.functions.access.Keys;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The console of a function in AWS: below a stage's name, where a gateway asks for keys and the function takes its word. */
@Timeout(300)
final class ConsoleBehindGatewayTest {
    private static KeyedStage function;
    private static StageGateway gateway;
    private static String key;

    @BeforeAll
    static void start() throws Exception {
        function = new KeyedStage(Map.of(
                "wanspec.access.trust-gateway", "true",
                "wanspec.console", "public",
                "aws.lambda.function.name", "wanspec-api",
                "wanspec.metrics.embedded", "false"));
        KeySecret secret = function.key("somebody");
        key = secret.reveal();
        gateway = new StageGateway(
                function.stage.uri("/"),
                "Bearer " + key,
                Keys.usual(secret, "somebody").caller());
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
        }
        if (function != null) {
            function.close();
        }
    }

    private static HttpResponse<String> ask(HttpClient client, URI uri) throws Exception {
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void thePageNamesItsFilesFromWhereItIs() throws Exception {
        URI page = gateway.uri("/console");
        HttpResponse<String> answer = ask(function.stage.client, page);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-security-policy")).isPresent();
        List<URI> files = Pattern.compile("<(?:script|link|img)[^>]* (?:src|href)=\"([^\"]+)\"")
                .matcher(answer.body())
                .results()
                .map(match -> page.resolve(match.group(1)))
                .toList();
        assertThat(files).hasSizeGreaterThan(6);
        for (URI file : files) {
            assertThat(file.getPath()).startsWith("/live/console/");
            assertThat(ask(function.stage.client, file).statusCode())
                    .as(file.toString())
                    .isEqualTo(200);
        }
    }

    /** Should a path that a gateway took for a file of the console be another one here, the gateway has said nothing of who asks. */
    @Test
    void withoutTheAuthorizersWordTheFunctionTellsNothingElse() throws Exception {
        String[] noWord = {GatewayWord.HEADER, "{\"stage\": \"live\", \"authorizer\": null}"};
        assertThat(get(function.stage, "/console/console.js", noWord).statusCode())
                .isEqualTo(200);
        for (String path : List.of(
                "/v1/models",
                "/metrics",
                "/console/../v1/models",
                "/console/%2e%2e/v1/models",
                "/console/..%2fv1%2fmodels",
                "/console//v1/models")) {
            HttpResponse<String> answer = get(function.stage, path, noWord);
            assertThat(answer.statusCode()).as(path).isIn(400, 401, 404);
            assertThat(answer.body()).as(path).doesNotContain("toy-target");
        }
    }

    @Test
    void aKeyIsAskedForAndThenRequestsRunBelowTheStagesName() throws Exception {
        try (Browser browser = Browser.orSkip()) {
            browser.open(gateway.uri("/console"));
            browser.await(
                    "that it asks for a key",
                    () -> browser.at("service").getText().contains("Asks for a key first"));
            browser.click("#key-button");
            browser.write("key", key);
            browser.click("#key-panel .primary");
            browser.await("places", () -> browser.count("#places table") > 0);
            browser.write("max_tokens", "10");
            browser.click("#run");
            browser.awaitState("finished");
            assertThat(browser.at("ledger").getText()).contains("Target passes");
            assertThat(browser.script("""
                    return performance.getEntriesByType("resource").map(entry => entry.name)
                        .filter(name => !name.startsWith(location.origin + "/live/"))
                    """)).isEqualTo(List.of());
            assertThat(browser.script("return window.refused")).isEqualTo(List.of());
            browser.picture("behind-a-gateway");
        }
    }
}
