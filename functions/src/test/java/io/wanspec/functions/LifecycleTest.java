package io.wanspec.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that leave, links that are shared, endpoints that go. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
public final class LifecycleTest {
    private static final Duration EVENTUALLY = Duration.ofMinutes(1);

    private static Stage stage;

    @BeforeAll
    static void start() throws Exception {
        stage = new Stage(Map.of("wanspec.limits.max-sessions", 2)).ready();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @Test
    void linksOfOnePlaceShareAConnection() throws Exception {
        assertThat(stage.post("/v1/chat/completions", chat("\"max_tokens\": 8")).statusCode())
                .isEqualTo(200);
        int connections = stage.sageMaker.duplexConnections();
        for (int i = 0; i < 5; i++) {
            assertThat(stage.post("/v1/chat/completions", chat("\"max_tokens\": 8"))
                            .statusCode())
                    .isEqualTo(200);
        }

        assertThat(stage.sageMaker.duplexConnections()).isEqualTo(connections);
        assertThat(eventually(() -> stage.target.open.get() + stage.remote.open.get() + stage.busy.open.get() == 0))
                .as("every link is closed")
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void aClientThatLeavesEndsItsSession(String stream) throws Exception {
        String body = chat("\"max_tokens\": 4000, \"stream\": " + stream + ", \"seed\": 12");
        var call = stage.client.sendAsync(
                stage.request("/v1/chat/completions", body), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(eventually(() -> stage.target.open.get() == 1)).isTrue();
        if (stream.equals("true")) {
            var in = call.join().body();
            assertThat(in.readNBytes(50)).isNotEmpty();
            in.close();
        } else {
            call.cancel(true);
        }

        assertThat(eventually(() -> stage.target.open.get() == 0))
                .as("the target is free")
                .isTrue();
        assertThat(eventually(() -> stage.get("/healthz").body().contains("\"sessions\":0")))
                .isTrue();
    }

    @Test
    void oneTooManyIsToldToComeBack() throws Exception {
        String body = chat("\"max_tokens\": 4000, \"stream\": true, \"seed\": 12");
        var first = stage.client.send(
                stage.request("/v1/chat/completions", body), HttpResponse.BodyHandlers.ofInputStream());
        var second = stage.client.send(
                stage.request("/v1/chat/completions", body), HttpResponse.BodyHandlers.ofInputStream());

        var third = stage.post("/v1/chat/completions", chat("\"max_tokens\": 4"));

        assertThat(third.statusCode()).as(third.body()).isEqualTo(429);
        assertThat(third.headers().firstValue("retry-after")).hasValue("1");
        first.body().close();
        second.body().close();
        assertThat(eventually(() -> stage.get("/healthz").body().contains("\"sessions\":0")))
                .isTrue();
    }

    private static String chat(String options) {
        return "{\"model\": \"toy-target\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}], " + options
                + "}";
    }

    public interface Check {
        boolean holds() throws Exception;
    }

    /** Waits for what is about to be true: a minute, for a busy machine. */
    public static boolean eventually(Check check) throws Exception {
        long until = System.nanoTime() + EVENTUALLY.toNanos();
        while (System.nanoTime() < until) {
            if (check.holds()) {
                return true;
            }
            Thread.sleep(25);
        }
        return false;
    }
}
