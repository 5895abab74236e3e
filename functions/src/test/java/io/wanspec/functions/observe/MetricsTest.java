package io.wanspec.functions.observe;

import static io.wanspec.functions.LifecycleTest.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.wanspec.functions.Stage;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Prometheus is told. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class MetricsTest {
    private static Stage stage;

    @BeforeAll
    static void start() throws Exception {
        stage = new Stage(Map.of()).ready();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    private static String chat(String more) {
        return "{\"model\": \"toy-target\", \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}], \"seed\": 3"
                + more + "}";
    }

    private static Map<String, Double> scraped() throws Exception {
        Map<String, Double> values = new HashMap<>();
        stage.get("/metrics")
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> {
                    int at = line.lastIndexOf(' ');
                    values.put(line.substring(0, at), Double.valueOf(line.substring(at + 1)));
                });
        return values;
    }

    @Test
    void sessionsInTheWordsOfTheField() throws Exception {
        Map<String, Double> before = scraped();
        stage.post("/v1/chat/completions", chat(", \"max_tokens\": 40"));
        // What is counted last: the others are there then.
        assertThat(eventually(() -> since(before, "wanspec_time_per_token_seconds_count{mode=\"wanspec\"}") == 1))
                .isTrue();
        assertThat(since(before, "wanspec_sessions_total{mode=\"wanspec\",outcome=\"length\"}"))
                .isEqualTo(1);

        assertThat(since(before, "wanspec_tokens_total{mode=\"wanspec\"}")).isEqualTo(40);
        assertThat(since(before, "wanspec_target_passes_total{mode=\"wanspec\"}"))
                .isBetween(1.0, 40.0);
        double proposed = 0;
        double accepted = 0;
        double busy = since(before, "wanspec_draft_passes_total{mode=\"wanspec\",place=\"busy-region\"}");
        for (String position : scraped().keySet()) {
            proposed += position.startsWith("wanspec_draft_tokens_proposed_total{") ? since(before, position) : 0;
            accepted += position.startsWith("wanspec_draft_tokens_accepted_total{") ? since(before, position) : 0;
        }
        assertThat(accepted).isBetween(1.0, proposed);
        assertThat(since(before, "wanspec_busy_draft_passes_saved_total{mode=\"wanspec\"}"))
                .isEqualTo(Math.max(0, proposed - busy));
        for (String time : new String[] {"queue", "request", "time_to_first_token", "time_per_token"}) {
            assertThat(since(before, "wanspec_" + time + "_seconds_count{mode=\"wanspec\"}"))
                    .as(time)
                    .isEqualTo(1);
        }
        assertThat(scraped())
                .containsKeys("wanspec_sessions_running", "wanspec_target_stall_seconds_total{mode=\"wanspec\"}");
    }

    /** What it reads may hang. */
    @Test
    void noThreadOfTheServerWaitsForWhatIsScraped() throws Exception {
        var threads = new ConcurrentLinkedQueue<Thread>();
        Gauge.builder("wanspec.test.scraped", threads, list -> list.add(Thread.currentThread()) ? 1 : 0)
                .register(stage.server.getApplicationContext().getBean(PrometheusMeterRegistry.class));
        scraped();

        assertThat(threads).extracting(Thread::isVirtual).containsOnly(true);
    }

    @Test
    void answersByRouteAndStatus() throws Exception {
        Map<String, Double> before = scraped();
        stage.post("/v1/completions", "{}");
        for (int i = 0; i < 100; i++) {
            stage.get("/v1/nothing/" + i);
            stage.get("/v1/models/m" + i);
        }

        assertThat(since(before, "wanspec_http_answers_total{route=\"/v1/completions\",status=\"400\"}"))
                .isEqualTo(1);
        assertThat(since(before, "wanspec_http_answers_total{route=\"none\",status=\"404\"}"))
                .isEqualTo(100);
        assertThat(scraped().keySet())
                .filteredOn(key -> key.contains("answers"))
                .hasSizeLessThan(20);
    }

    @Test
    void noLabelIsTheClients() throws Exception {
        stage.post(
                "/v1/chat/completions",
                chat(", \"max_tokens\": 2, \"user\": \"marker\", \"wanspec\": {\"mode\": \"target-only\"}"));
        stage.post("/v1/chat/completions", "{\"model\": \"marker\", \"messages\": []}");

        assertThat(stage.get("/metrics").body()).doesNotContain("marker", "sess_", "req_");
    }

    @Test
    void othersAreNotTold() throws Exception {
        for (String from : new String[] {"203.0.113.5", "127.0.0.1, 203.0.113.5"}) {
            assertThat(metricsFor("x-forwarded-for", from).statusCode()).isEqualTo(404);
        }
        assertThat(metricsFor("x-amzn-request-context", "{}").body()).contains("unknown_url");
        assertThat(metricsFor("x-forwarded-for", "127.0.0.1").statusCode()).isEqualTo(200);
        try (Stage open = new Stage(Map.of("wanspec.metrics.public", "true"))) {
            var request = HttpRequest.newBuilder(open.uri("/metrics"))
                    .header("x-forwarded-for", "203.0.113.5")
                    .build();
            assertThat(open.client
                            .send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private static HttpResponse<String> metricsFor(String header, String value) throws Exception {
        var request = HttpRequest.newBuilder(stage.uri("/metrics"))
                .header(header, value)
                .build();
        return stage.client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static double since(Map<String, Double> before, String series) throws Exception {
        return scraped().getOrDefault(series, 0.0) - before.getOrDefault(series, 0.0);
    }
}
