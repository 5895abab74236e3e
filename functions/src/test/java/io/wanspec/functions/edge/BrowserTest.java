package io.wanspec.functions.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.wanspec.functions.Stage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pages in a real browser, one whose origin may call and one whose origin may not; where Chromium is installed. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class BrowserTest {
    /** What a page does with OpenAI's JavaScript client comes to this. */
    private static final String PAGE = """
            <!doctype html><script>
            const ask = async (path, options) => {
                const answer = await fetch("API" + path, options);
                const text = await answer.text();
                return {status: answer.status, text,
                        headers: Object.fromEntries(answer.headers)};
            };
            const run = async () => ({
                chat: await ask("/v1/chat/completions", {
                    method: "POST",
                    headers: {"content-type": "application/json", "authorization": "Bearer unused", "x-stainless-lang": "js"},
                    body: JSON.stringify({model: "toy-target", max_tokens: 5, stream: true,
                                          messages: [{role: "user", content: "Hello"}]})}),
                missing: await ask("/v1/responses/resp_x", {method: "DELETE"}),
            });
            run().catch(e => ({refused: e.name}))
                .then(result => fetch("/result", {method: "POST", body: JSON.stringify(result)}));
            </script>
            """;

    private final BlockingQueue<JsonNode> results = new LinkedBlockingQueue<>();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aPageMayCallIfItsOriginIsAllowed() throws Exception {
        Optional<Path> browser = browser();
        assumeTrue(browser.isPresent(), "there is no Chromium on the PATH");
        HttpServer pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        int port = pages.getAddress().getPort();
        String allowed = "http://127.0.0.1:" + port;
        try (Stage stage = new Stage(Map.of("wanspec.http.cors-origins", allowed)).ready()) {
            String page = PAGE.replace("API", stage.uri("").toString());
            pages.createContext("/page", exchange -> answer(exchange, page));
            pages.createContext("/result", this::take);
            pages.start();

            JsonNode read = visit(browser.get(), allowed + "/page");
            assertThat(read.at("/chat/status").asInt()).as(read.toString()).isEqualTo(200);
            assertThat(read.at("/chat/text").asText())
                    .contains("\"role\":\"assistant\"")
                    .endsWith("data: [DONE]\n\n");
            assertThat(read.at("/chat/headers").has("x-request-id")).isTrue();
            assertThat(read.at("/chat/headers").has("x-wanspec-session")).isTrue();
            assertThat(read.at("/missing/status").asInt()).isEqualTo(404);
            assertThat(read.at("/missing/text").asText()).contains("not found");

            assertThat(visit(browser.get(), "http://localhost:" + port + "/page")
                            .at("/refused")
                            .asText())
                    .isEqualTo("TypeError");
        } finally {
            pages.stop(0);
        }
    }

    private JsonNode visit(Path browser, String page) throws Exception {
        Process process = new ProcessBuilder(
                        browser.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--user-data-dir=" + folder.resolve("profile"),
                        page)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            return results.take();
        } finally {
            end(process);
        }
    }

    /** All of it: what still wrote would be in the way of the folder's removal. */
    private static void end(Process process) {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(part -> part.onExit().join());
    }

    private void take(HttpExchange exchange) throws IOException {
        results.add(new JsonMapper().readTree(exchange.getRequestBody().readAllBytes()));
        answer(exchange, "");
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        try (exchange) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static Optional<Path> browser() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .flatMap(place -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
