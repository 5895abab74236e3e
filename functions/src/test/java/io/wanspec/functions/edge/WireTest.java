package io.wanspec.functions.edge;

import static io.wanspec.functions.edge.RawSocket.post;
import static io.wanspec.functions.edge.RawSocket.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Limits;
import io.wanspec.contracts.http.EdgeError;
import io.wanspec.functions.Stage;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as bytes, to the real server. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class WireTest {
    private static final String CHAT = "/v1/chat/completions";
    private static Stage stage;

    @BeforeAll
    static void start() throws Exception {
        stage = new Stage(Map.of()).ready();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    private static String send(String bytes) throws IOException {
        return RawSocket.exchange(stage.server.getPort(), bytes);
    }

    /** Header names as this server writes them are lower case; clients do not care. */
    private static String head(String answer) {
        return answer.substring(0, answer.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
    }

    @Test
    void longHeadersAre431() throws IOException {
        String answer = send(request("GET /v1/models HTTP/1.1", "x-long: " + "h".repeat(100_000)));

        assertThat(answer)
                .startsWith("HTTP/1.1 431 ")
                .endsWith(EdgeError.headersTooLarge().json());
        assertThat(head(answer)).contains("content-type: application/json", "x-request-id: req_");
    }

    @Test
    void aThousandHeadersAre431() throws IOException {
        String[] headers = IntStream.range(0, 1_000)
                .mapToObj(i -> "x-" + i + ": " + "h".repeat(20))
                .toArray(String[]::new);

        assertThat(send(request("GET /v1/models HTTP/1.1", headers)))
                .startsWith("HTTP/1.1 431 ")
                .endsWith(EdgeError.headersTooLarge().json());
    }

    @Test
    void aLongUriIs414() throws IOException {
        String answer = send(request("GET /v1/models/" + "u".repeat(100_000) + " HTTP/1.1"));

        assertThat(answer)
                .startsWith("HTTP/1.1 414 ")
                .endsWith(EdgeError.uriTooLong().json());
        String longest = "/v1/models?" + "u".repeat(Limits.HTTP_URI_BYTES_MAX - 11);
        assertThat(send(request("GET " + longest + " HTTP/1.1", "Connection: close")))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void headersAsLongAsAGatewayMakesThemPass() throws IOException {
        String value = "h".repeat(Limits.HTTP_HEADERS_BYTES_MAX);

        assertThat(send(request("GET /v1/models HTTP/1.1", "x-long: " + value, "Connection: close")))
                .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /v1/models HTTP/1.1\r\nno header\r\n\r\n", "HELLO\r\n\r\n"})
    void whatIsNoHttpIs400(String bytes) throws IOException {
        String answer = send(bytes);

        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .endsWith(EdgeError.malformed().json());
    }

    @Test
    void namesOfModelsMayHaveSlashes() throws IOException {
        assertThat(send(request("GET /v1/models/org/name HTTP/1.1", "Connection: close")))
                .startsWith("HTTP/1.1 404 ")
                .contains("model_not_found", "org/name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/%zz", "/v1/models/%zz", "/\"{}<>", "/v1/\\", "/v1/models?a=%"})
    void strangeUrisAreAnsweredInOpenAisShape(String uri) throws IOException {
        String answer = send(request("GET " + uri + " HTTP/1.1", "Connection: close"));

        assertThat(answer).matches("(?s)HTTP/1\\.1 [24]\\d\\d .*");
        assertThat(head(answer)).contains("x-request-id: ", "content-type: application/json");
    }

    @Test
    void aBodyOverTheLimitIs413HoweverItIsSent() throws IOException {
        String body = "{\"model\": \"toy-target\", \"prompt\": \"" + "x".repeat(12_000_000) + "\"}";
        String announced = send(post("1.1", "/v1/completions", body));
        String chunked = send(request(
                        "POST /v1/completions HTTP/1.1",
                        "Content-Type: application/json",
                        "Transfer-Encoding: chunked",
                        "Connection: close")
                + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n");

        for (String answer : new String[] {announced, chunked}) {
            assertThat(answer)
                    .startsWith("HTTP/1.1 413 ")
                    .endsWith(EdgeError.bodyTooLarge().json());
            assertThat(head(answer)).contains("x-request-id: req_");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "snappy"})
    void aBodyThatIsNotCompressedAsItSaysIs4xx(String coding) throws IOException {
        String body = "{\"model\": \"toy-target\", \"prompt\": \"x\"}";
        String answer = send(
                post("1.1", "/v1/completions", body).replaceFirst("\r\n", "\r\nContent-Encoding: " + coding + "\r\n"));

        assertThat(answer).matches("(?s)HTTP/1\\.1 4\\d\\d .*");
        assertThat(head(answer)).contains("x-request-id: ", "content-type: application/json");
    }

    @Test
    void aLongNameIsToldShort() throws IOException {
        assertThat(send(post(
                        "1.1", "/v1/completions", "{\"model\": \"" + "m".repeat(5_000) + "\", \"prompt\": \"x\"}")))
                .startsWith("HTTP/1.1 404 ")
                .hasSizeLessThan(1_000);
    }

    @Test
    void theLargestBodyIsRead() throws IOException {
        String frame = "{\"model\": \"toy-target\", \"prompt\": \"\"}";
        String body = frame.replace("\"\"", "\"" + "x".repeat(Limits.HTTP_BODY_BYTES_MAX - frame.length()) + "\"");
        String answer = send(post("1.1", "/v1/completions", body));

        assertThat(answer).contains("context_length_exceeded");
    }

    @Test
    void http10GetsNoChunks() throws IOException {
        String answer = send(post("1.0", CHAT, chat("\"stream\": true, \"max_tokens\": 5, \"seed\": 1")));

        assertThat(head(answer)).contains(" 200 ").doesNotContain("chunked");
        assertThat(answer).endsWith("data: [DONE]\n\n");
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertThat(body).startsWith("data: {");
    }

    @Test
    void pipelinedRequestsAreAllAnswered() throws IOException {
        String answers = send(request("GET /v1/models HTTP/1.1")
                + request("GET /version HTTP/1.1")
                + request("GET /v1/nothing HTTP/1.1", "Connection: close"));

        assertThat(answers.split("HTTP/1.1 ", -1)).hasSize(4);
        assertThat(answers).containsSubsequence("toy-target", "\"protocol\"", "unknown_url");
    }

    @Test
    void whatCannotBeReadIsAnsweredAfterWhatCould() throws IOException {
        String answers = send(
                request("GET /v1/models HTTP/1.1") + request("GET /v1/models HTTP/1.1", "x: " + "h".repeat(50_000)));

        assertThat(answers).containsSubsequence("HTTP/1.1 200 ", "toy-target", "HTTP/1.1 431 ");
    }

    private static String chat(String options) {
        return "{\"model\": \"toy-target\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}], " + options
                + "}";
    }
}
