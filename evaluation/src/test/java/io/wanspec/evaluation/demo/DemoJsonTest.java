package io.wanspec.evaluation.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.contracts.request.DraftKind;
import io.wanspec.contracts.request.DraftOptions;
import io.wanspec.contracts.request.Goal;
import io.wanspec.contracts.request.Mode;
import io.wanspec.contracts.request.RedundancyKind;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.local.launch.Pace;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class DemoJsonTest {
    private static final Speculation SPECULATION = new Speculation(
            Mode.WANSPEC,
            Goal.FAST,
            Optional.of(RedundancyKind.VALUE),
            OptionalDouble.empty(),
            OptionalDouble.of(2.5),
            DraftOptions.of(DraftKind.TREE));
    private static final ChatRequest REQUEST =
            new ChatRequest("m", "Why?", 9, 0.8, 0.9, OptionalLong.of(42), SPECULATION);
    private static final DemoSettings SETTINGS =
            new DemoSettings(30, 0, SPECULATION, Pace.REFERENCE, "d", "target: core 0", 2);

    @Test
    void holds_settings_ledgers_and_ratios() throws Exception {
        String json = DemoJson.of(DemoLedgers.comparison(), REQUEST, SETTINGS, OptionalDouble.of(0.25));
        assertThat(json).doesNotContain("\n");
        JsonNode root = new JsonMapper().readTree(json);
        assertThat(root.get("rttMs").asDouble()).isEqualTo(30);
        assertThat(root.get("model").asText()).isEqualTo("m");
        assertThat(root.get("prompt").asText()).isEqualTo("Why?");
        assertThat(root.get("seed").asLong()).isEqualTo(42);
        assertThat(root.get("draft").asText()).isEqualTo("tree");
        assertThat(root.get("price").asDouble()).isEqualTo(2.5);
        assertThat(root.get("paced").asBoolean()).isTrue();
        assertThat(root.get("slowness").asDouble()).isEqualTo(2);
        assertThat(root.get("latePasses").asDouble()).isEqualTo(0.25);
        assertThat(root.get("identical").asBoolean()).isTrue();
        assertThat(root.get("busyDraftPassRatio").asDouble()).isEqualTo(31.0 / 150);
        assertThat(root.get("latencyRatio").asDouble()).isEqualTo(1_600.4 / 1_590.2);
        assertThat(root.get("latencyRatioToB0").asDouble()).isEqualTo(1_600.4 / 4_000);
        JsonNode ledger = root.get("wanspec");
        assertThat(ledger.fieldNames())
                .toIterable()
                .contains(
                        "text",
                        "tokenIds",
                        "tokens",
                        "targetPasses",
                        "busyDraftPasses",
                        "remoteDraftPasses",
                        "acceptedByPosition",
                        "stallMs",
                        "wanBytes",
                        "timeToFirstTokenMs",
                        "totalMs");
        assertThat(ledger.get("tokenIds").toString()).isEqualTo("[5,6,7,8]");
        assertThat(root.get("b0").get("targetPasses").asInt()).isEqualTo(128);
    }

    @Test
    void the_request_carries_the_extension() throws Exception {
        JsonNode body = new JsonMapper().readTree(REQUEST.toJson());
        assertThat(body.get("stream").asBoolean()).isTrue();
        assertThat(body.at("/messages/0/content").asText()).isEqualTo("Why?");
        assertThat(body.get("seed").asLong()).isEqualTo(42);
        assertThat(body.get("wanspec").toString())
                .isEqualTo("{\"mode\":\"wanspec\",\"include_token_ids\":true,\"draft\":\"tree\","
                        + "\"goal\":\"fast\",\"redundancy\":\"value\",\"price\":2.5}");

        JsonNode b1 = new JsonMapper()
                .readTree(REQUEST.as(Speculation.colocated(OptionalInt.of(3))).toJson());
        assertThat(b1.get("wanspec").toString())
                .isEqualTo("{\"mode\":\"colocated\",\"include_token_ids\":true,\"run_length\":3}");
    }
}
