package io.wanspec.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.request.Goal;
import io.wanspec.controller.placement.PlaceVerdict;
import io.wanspec.emulator.toy.ToyDraft;
import io.wanspec.emulator.toy.ToyLanguage;
import io.wanspec.functions.placement.DraftPlacement;
import io.wanspec.functions.placement.PlacedWorkers;
import io.wanspec.functions.settings.PromptRegions;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two draft places: who drafts, what is said of that, and what happens when one is lost. */
final class DraftPlacementTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    private static Stage stage() {
        Stage stage = new Stage(Map.of());
        stage.serve("second", new ToyDraft(ToyLanguage.identity("toy-draft", 'a'), 1, ProtocolVersion.CURRENT));
        return stage;
    }

    @Test
    void oneDraftsTheOtherStandsByAndTheLedgerSaysWhy() throws Exception {
        try (Stage stage = stage()) {
            var server = stage.another(Map.of("wanspec.workers", places(stage)));
            try {
                JsonNode placement = eventuallyBoth(server.getPort(), stage);
                assertThat(placement.at("/object").asText()).isEqualTo("wanspec.placement");
                assertThat(placement.findValuesAsText("part")).containsExactly("drafts", "stands by");
                assertThat(placement.findValuesAsText("why"))
                        .allSatisfy(why -> assertThat(why).isNotBlank());

                JsonNode ledger = chat(stage, server.getPort(), 30, "wanspec");
                assertThat(ledger.at("/placement/0/worker").asText()).isIn("eu", "us");
                assertThat(ledger.at("/placement/0/fromToken").asInt()).isZero();
                assertThat(ledger.at("/placement/0/why").asText()).contains("fastest of 2");
                assertThat(chat(stage, server.getPort(), 30, "target-only").has("placement"))
                        .isFalse();
            } finally {
                server.stop();
            }
        }
    }

    @Test
    void anotherPlaceTakesOverFromOneThatIsLostAndTheTextIsTheSame() throws Exception {
        try (Stage stage = stage()) {
            var server = stage.another(Map.of("wanspec.workers", places(stage)));
            try {
                String first =
                        eventuallyBoth(server.getPort(), stage).at("/chosen").asText();
                String plain = text(stage, server.getPort(), "target-only");
                // Nobody looks again before this request: it finds out by itself.
                stage.kill(first.equals("eu") ? "remote" : "second");
                JsonNode answer = answer(stage, server.getPort(), 60, "wanspec");
                assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo(plain);
                JsonNode placement = answer.at("/wanspec/ledger/placement");
                assertThat(placement.findValuesAsText("worker").getLast()).isNotEqualTo(first);
            } finally {
                server.stop();
            }
        }
    }

    @Test
    void nothingIsDraftedWhereAPromptMayNotBeSeen() throws Exception {
        try (Stage stage = stage()) {
            var server = stage.another(Map.of("wanspec.workers", places(stage)));
            try {
                eventuallyBoth(server.getPort(), stage);
                PlacedWorkers placed = server.getApplicationContext()
                        .getBean(DraftPlacement.class)
                        .choose(PromptRegions.only(List.of("us-east-1", "us-west-2")), Goal.ECONOMY);
                assertThat(placed.workers())
                        .extracting(worker -> worker.id().value())
                        .containsExactly("us", "busy");
                assertThat(placed.decision().verdicts().getLast())
                        .returns("eu", verdict -> verdict.id().value())
                        .returns("prompts of this key may not be seen there, in eu-west-1", PlaceVerdict::why);
            } finally {
                server.stop();
            }
        }
    }

    @Test
    void allDraftWhereTheSettingSaysSo() throws Exception {
        try (Stage stage = stage()) {
            var server = stage.another(Map.of("wanspec.workers", places(stage), "wanspec.placement.choice", "all"));
            try {
                eventuallyBoth(server.getPort(), stage);
                JsonNode placement =
                        chat(stage, server.getPort(), 30, "wanspec").at("/placement");
                assertThat(placement.findValuesAsText("worker")).containsExactlyInAnyOrder("eu", "us");
            } finally {
                server.stop();
            }
        }
    }

    private static List<Map<String, String>> places(Stage stage) {
        return List.of(place(stage, "eu", "eu-west-1", "remote"), place(stage, "us", "us-west-2", "second"));
    }

    private static Map<String, String> place(Stage stage, String id, String region, String endpoint) {
        return Map.of(
                "id",
                id,
                "region",
                region,
                "endpoint",
                endpoint,
                "endpoint-override",
                stage.sageMaker.uri().toString(),
                "usd-per-hour",
                "1.5");
    }

    /** What the route says once both places have answered. */
    private static JsonNode eventuallyBoth(int port, Stage stage) throws Exception {
        for (int i = 0; i < 2_400; i++) {
            JsonNode placement = MAPPER.readTree(get(stage, port, "/v1/wanspec/placement"));
            if (!placement.findValuesAsText("part").contains("left out")
                    && get(stage, port, "/healthz").contains("\"status\":\"ok\"")) {
                return placement;
            }
            Thread.sleep(25);
        }
        throw new AssertionError("both places are never used: " + get(stage, port, "/v1/wanspec/placement"));
    }

    private static JsonNode chat(Stage stage, int port, int tokens, String mode) throws Exception {
        return answer(stage, port, tokens, mode).at("/wanspec/ledger");
    }

    private static String text(Stage stage, int port, String mode) throws Exception {
        return answer(stage, port, 60, mode).at("/choices/0/message/content").asText();
    }

    private static JsonNode answer(Stage stage, int port, int tokens, String mode) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/chat/completions"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"model": "toy-target", "messages": [{"role": "user", "content": "Hello"}], "max_tokens": %d,
                         "seed": 3, "wanspec": {"mode": "%s"}}""".formatted(tokens, mode)))
                .build();
        return MAPPER.readTree(
                stage.client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private static String get(Stage stage, int port, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return stage.client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
