package io.wanspec.functions.edge;

import static io.wanspec.functions.LifecycleTest.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.functions.Stage;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that servers of this kind were seen to answer wrongly, as far as no other test sends them. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class SmallRequestsTest {
    private static final int PLACES = 20;
    private static Stage stage;

    @BeforeAll
    static void start() throws Exception {
        stage = new Stage(Map.of("wanspec.limits.max-sessions", PLACES)).ready();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html, WANSpec",
        "/health, application/json, agreed",
        "/healthz, application/json, agreed",
        "/livez, application/json, alive",
        "/version, application/json, protocol",
        "/metrics, text/plain, wanspec_sessions_running",
        "/openapi.json, application/json, /v1/chat/completions"
    })
    void whatPeopleAndProbesAskForIsThere(String path, String type, String words) throws Exception {
        var answer = stage.get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith(type);
        assertThat(answer.body()).contains(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void aPromptThatIsTooLongIs400StreamedOrNot(String stream) throws Exception {
        var answer = stage.post(
                "/v1/completions",
                "{\"model\": \"toy-target\", \"prompt\": \"" + "x".repeat(5_000) + "\", \"stream\": " + stream + "}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("context_length_exceeded");
    }

    @Test
    void numbersThatAreNone() throws Exception {
        for (String number : List.of("NaN", "Infinity", "-Infinity", "1e", "0x10", "01", ".5")) {
            var answer = stage.post(
                    "/v1/completions", "{\"model\": \"toy-target\", \"prompt\": \"x\", \"top_p\": " + number + "}");

            assertThat(answer.statusCode()).as(number).isEqualTo(400);
            assertThat(answer.body()).contains("malformed_body");
        }
    }

    @Test
    void twoLengthsOfABodyAreNoRequest() throws Exception {
        String answer = RawSocket.exchange(
                stage.server.getPort(),
                RawSocket.request(
                                "POST /v1/completions HTTP/1.1",
                                "Content-Type: application/json",
                                "Content-Length: 2",
                                "Content-Length: 3",
                                "Connection: close")
                        + "{}");

        assertThat(answer).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void aClientThatAsksFirstIsToldToSend() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), stage.server.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(RawSocket.request(
                            "POST /v1/completions HTTP/1.1",
                            "Content-Type: application/json",
                            "Expect: 100-continue",
                            "Content-Length: 2",
                            "Connection: close")
                    .getBytes(StandardCharsets.US_ASCII));
            var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(answer.readLine()).isEqualTo("HTTP/1.1 100 Continue");
            out.write("{}".getBytes(StandardCharsets.US_ASCII));
            assertThat(answer.lines()).contains("HTTP/1.1 400 Bad Request").anyMatch(line -> line.contains("'model'"));
        }
    }

    /** Twice: the second time they need the places of the first. */
    @Test
    void twentyClientsThatLeaveFreeTwentyPlaces() throws Exception {
        for (int time = 0; time < 2; time++) {
            List<InputStream> streams = new ArrayList<>();
            for (int i = 0; i < PLACES; i++) {
                var answer = stage.client.send(
                        stage.request(
                                "/v1/completions",
                                "{\"model\": \"toy-target\", \"prompt\": \"Once\", \"max_tokens\": 4000, \"seed\": 12,"
                                        + " \"stream\": true}"),
                        HttpResponse.BodyHandlers.ofInputStream());
                assertThat(answer.statusCode()).isEqualTo(200);
                streams.add(answer.body());
            }
            for (InputStream stream : streams) {
                stream.close();
            }
            assertThat(eventually(() -> stage.get("/healthz").body().contains("\"sessions\":0")))
                    .isTrue();
        }
    }
}
