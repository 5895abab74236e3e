package io.wanspec.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.local.launch.Pace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work in the background of a running cloud: the API sends it, the queue calls the worker, a process of the emulator's Lambda. */
@Timeout(600)
class BackgroundWorkTest {
    @Test
    void aResponseInTheBackgroundIsMadeByTheWorkerAndIsTheSameText() throws Exception {
        try (TinyCloud cloud = TinyCloud.start(10, 0, Pace.NONE)) {
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
