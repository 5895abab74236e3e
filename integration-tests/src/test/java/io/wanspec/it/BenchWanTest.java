package io.wanspec.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code wanspec bench wan} as a user runs it, with tiny models. */
class BenchWanTest {
    @TempDir
    Path folder;

    @Test
    void measuresAndSimulatesTheSameTexts() throws Exception {
        TinyBench.Ended ended = new TinyBench(folder)
                .run("wan", "--prompts", "2", "--rtt", "20", "--max-tokens", "12", "--pace", "none", "--goal", "fast");
        assertThat(ended.exitCode()).as(ended.progress()).isZero();
        JsonNode json = ended.json();
        assertThat(json.path("identical").asBoolean()).isTrue();
        List<String> rows = new ArrayList<>();
        for (JsonNode row : json.path("rows")) {
            rows.add(row.path("source").asText() + " " + row.path("policy").asText());
            assertThat(row.path("rttMs").asDouble()).isEqualTo(20);
            assertThat(row.path("msPerToken").asDouble()).isPositive();
            assertThat(row.path("latencyVsB1").asDouble()).isPositive();
            assertThat(row.path("targetPassesVsB1").asDouble()).isPositive();
            assertThat(row.path("requests").asInt()).isEqualTo(2);
        }
        assertThat(rows)
                .containsExactly(
                        "measured b0",
                        "measured b1",
                        "measured fast",
                        "simulated b0",
                        "simulated b1",
                        "simulated fast");
        assertThat(row(json, "b0", "busyDraftPassesVsB1")).isZero();
        assertThat(row(json, "b1", "latencyVsB1")).isEqualTo(1);
        assertThat(row(json, "fast", "wanBytesPerToken")).isPositive();
        assertThat(json.path("passes").get(0)).anySatisfy(each -> {
            assertThat(each.path("server").asText()).isEqualTo("target");
            assertThat(each.path("passes").asLong()).isPositive();
            assertThat(each.path("late").asLong()).isZero();
        });
    }

    private static double row(JsonNode json, String policy, String figure) {
        for (JsonNode row : json.path("rows")) {
            if (row.path("policy").asText().equals(policy)
                    && row.path("source").asText().equals("measured")) {
                return row.path(figure).asDouble();
            }
        }
        throw new AssertionError("no row of " + policy);
    }
}
