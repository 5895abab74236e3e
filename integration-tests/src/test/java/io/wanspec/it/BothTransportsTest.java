package io.wanspec.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real model servers, first by duplex streams, then by single calls: one text. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BothTransportsTest {
    private static final int PROMPTS = 10;
    private static final int TOKENS = 24;

    @Test
    void theTextIsTheTargetsOwn() throws Exception {
        var network = new DirectNetwork();
        try (TinyCloud cloud = TinyCloud.start(network)) {
            Http http = new Http(cloud.gateway());
            List<List<Integer>> alone = texts(http, "target-only");
            assertThat(texts(http, "wanspec")).isEqualTo(alone);

            network.takeStreamsAway();
            assertThat(texts(http, "wanspec")).isEqualTo(alone);
            assertThat(texts(http, "colocated")).isEqualTo(alone);
            assertThat(ledger(http, "wanspec", 0).path("remoteDraftPasses").asInt())
                    .as("remote draft passes over calls")
                    .isPositive();
        }
    }

    private static List<List<Integer>> texts(Http http, String mode) throws Exception {
        List<List<Integer>> all = new ArrayList<>();
        for (int i = 0; i < PROMPTS; i++) {
            List<Integer> ids = new ArrayList<>();
            ledger(http, mode, i).path("tokenIds").forEach(id -> ids.add(id.asInt()));
            assertThat(ids).isNotEmpty();
            all.add(ids);
        }
        return all;
    }

    private static JsonNode ledger(Http http, String mode, int index) throws Exception {
        ObjectNode request = Http.chat("Question " + index + "?", TOKENS, index % 2 * 0.8, 500 + index);
        ((ObjectNode) request.path("wanspec")).put("mode", mode);
        return http.post(request).path("wanspec").path("ledger");
    }
}
