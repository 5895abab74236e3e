package io.wanspec.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code wanspec bench load} as a user runs it, with tiny models. */
class BenchLoadTest {
    @TempDir
    Path folder;

    @Test
    void measuresEveryModeAndNumberOfClients() throws Exception {
        TinyBench.Ended ended = new TinyBench(folder)
                .run(
                        "load",
                        "--clients",
                        "1,3",
                        "--modes",
                        "target-only,wanspec,colocated",
                        "--seconds",
                        "1",
                        "--rounds",
                        "1",
                        "--prompts",
                        "3",
                        "--rtt",
                        "10");
        assertThat(ended.exitCode()).as(ended.progress()).isZero();
        assertThat(ended.progress()).contains("measuring, round 1 of at most 1");
        assertThat(ended.json().path("identical").asBoolean()).isTrue();
        List<String> points = new ArrayList<>();
        for (JsonNode row : ended.json().path("rows")) {
            points.add(row.path("mode").asText() + " " + row.path("clients").asInt());
            assertThat(row.path("failed").asInt()).as("%s", row).isZero();
            assertThat(row.path("valid").asBoolean()).isTrue();
            assertThat(row.path("answers").asInt()).isPositive();
            assertThat(row.path("tokensPerSecond").asDouble()).isPositive();
            assertThat(row.has("ttftP50Ms")).isTrue();
            assertThat(row.has("ttftP95Ms")).isTrue();
        }
        assertThat(points)
                .containsExactly(
                        "target-only 1", "wanspec 1", "colocated 1", "target-only 3", "wanspec 3", "colocated 3");
    }
}
