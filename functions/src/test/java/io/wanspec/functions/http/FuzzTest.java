package io.wanspec.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.functions.Stage;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Whatever is sent is answered, or refused with a reason that can be read: never an error of the server's, never a stack trace. */
final class FuzzTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final List<String> PATHS = List.of(
            "/v1/chat/completions",
            "/v1/completions",
            "/v1/responses",
            "/v1/models",
            "/v1/models/x",
            "/v1/wanspec/sessions/x",
            "/healthz",
            "/version",
            "/metrics",
            "/openapi.json",
            "/",
            "/v1/%00",
            "/v1/responses/resp_00",
            "/v1/responses/resp_00/cancel",
            "/v1/responses/x/input_items");
    private static final List<String> TYPES = List.of(
            "application/json", "application/json; charset=utf-16", "text/plain", "multipart/form-data", "x/y; =");

    private static Stage stage;
    private final ResponseReader responses = new ResponseReader(Speculation.defaults());
    private final RequestReader reader = new RequestReader(Speculation.defaults());

    @BeforeAll
    static void start() throws Exception {
        stage = new Stage(Map.of()).ready();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @SeededTest(tries = 20_000)
    void bodiesAreReadOrRefused(Random random) throws Exception {
        try {
            byte[] body = MutatedBody.of(random);
            CompletionRequest read = switch (random.nextInt(3)) {
                case 0 -> reader.read(Api.CHAT, body);
                case 1 -> reader.read(Api.TEXT, body);
                default -> responses.read(body).completion();
            };
            assertThat(read.model()).isNotNull();
        } catch (ApiException refused) {
            assertThat(refused.status()).isBetween(400, 499);
            assertThat(refused.message()).isNotBlank().hasSizeLessThan(1_000).doesNotContain("Exception");
            assertShape(MAPPER.readTree(Json.bytes(Errors.body(refused))));
        }
    }

    @SeededTest(tries = 400)
    void requestsAreAnswered(Random random) throws Exception {
        String path = random.nextInt(3) > 0 ? PATHS.get(random.nextInt(3)) : PATHS.get(random.nextInt(PATHS.size()));
        String method = random.nextInt(4) > 0
                ? "POST"
                : List.of("GET", "PUT", "DELETE", "PATCH").get(random.nextInt(4));
        var request = HttpRequest.newBuilder(stage.uri(path))
                .timeout(Duration.ofSeconds(60))
                .header(
                        "content-type",
                        random.nextInt(4) > 0 ? TYPES.getFirst() : TYPES.get(random.nextInt(TYPES.size())))
                .header("accept", random.nextInt(4) > 0 ? "*/*" : TYPES.get(random.nextInt(TYPES.size())))
                .header(
                        "x-request-id",
                        Gen.text(random, "ab \t<>{};,=\"'", 1, 200).strip() + "x")
                .method(method, HttpRequest.BodyPublishers.ofByteArray(MutatedBody.of(random)))
                .build();
        HttpResponse<String> answer = stage.client.send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 499);
        assertThat(answer.headers().firstValue("x-request-id")).isPresent();
        assertThat(answer.body()).doesNotContain("\tat ", "Exception");
        if (answer.statusCode() >= 400) {
            assertShape(MAPPER.readTree(answer.body()));
        }
    }

    private static void assertShape(JsonNode body) {
        assertThat(body.at("/error/message").asText()).as(body.toString()).isNotBlank();
        assertThat(body.at("/error/type").asText()).isNotBlank();
        assertThat(body.at("/error").has("param")).isTrue();
        assertThat(body.at("/error").has("code")).isTrue();
    }
}
