package io.wanspec.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.local.launch.Pace;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work in the background of a running cloud: the API sends it, the queue calls the worker, a process of the emulator's Lambda. */
@Timeout(600)
class BackgroundWorkTest {
    @Test
    void aResponseInTheBackgroundIsMadeByTheWorkerAndIsTheSameText() throws Exception {
        TinyCloud cloud = TinyCloud.shared(10, 0, Pace.NONE);
        Http http = new Http(cloud.gateway());
        JsonNode direct = http.post("/v1/responses", response());
        assertThat(direct.path("status").asText()).isIn("completed", "incomplete");
        JsonNode queued = http.post("/v1/responses", response().put("background", true));
        assertThat(queued.path("status").asText()).isIn("queued", "in_progress");

        String path = "/v1/responses/" + queued.path("id").asText();
        JsonNode made = http.get(path);
        while (made.path("status").asText().matches("queued|in_progress")) {
            Thread.sleep(200);
            made = http.get(path);
        }
        assertThat(made.path("status")).as(made.toString()).isEqualTo(direct.path("status"));
        assertThat(text(made)).isNotEmpty().isEqualTo(text(direct));
        awaitMetric(cloud, "wanspec_jobs_done_total");
        awaitMetric(cloud, "wanspec_worker_runs_total");
    }

    /** What the worker, another process, tells whoever scrapes the API: a few seconds later, as often as that asks. */
    private static void awaitMetric(TinyCloud cloud, String name) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(cloud.gateway().resolve("/metrics")).build();
            String scraped = "";
            while (!Pattern.compile("(?m)^" + name + " [1-9]").matcher(scraped).find()) {
                Thread.sleep(200);
                scraped = client.send(request, HttpResponse.BodyHandlers.ofString())
                        .body();
            }
        }
    }

    private static ObjectNode response() {
        return Http.JSON
                .createObjectNode()
                .put("model", TinyCloud.MODEL)
                .put("input", "Tell me a story")
                .put("temperature", 0)
                .put("max_output_tokens", 40);
    }

    private static String text(JsonNode response) {
        return response.path("output")
                .path(0)
                .path("content")
                .path(0)
                .path("text")
                .asText();
    }
}
