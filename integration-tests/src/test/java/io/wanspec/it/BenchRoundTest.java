package io.wanspec.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code wanspec bench round} as a user runs it, with tiny models. */
class BenchRoundTest {
    @TempDir
    Path folder;

    @Test
    void measuresWhatARoundCostsBesideItsPasses() throws Exception {
        TinyBench.Ended ended = new TinyBench(folder).run("round", "--answers", "2");
        assertThat(ended.exitCode()).as(ended.progress()).isZero();
        List<String> modes = new ArrayList<>();
        for (JsonNode row : ended.json().path("rows")) {
            modes.add(row.path("mode").asText());
            assertThat(row.path("answers").asInt()).isEqualTo(2);
            assertThat(row.path("passMs").asDouble()).isPositive();
            assertThat(row.path("firstMs").asDouble()).isPositive();
            assertThat(row.has("besideMs")).isTrue();
        }
        assertThat(modes).containsExactly("target-only", "colocated");
    }
}
