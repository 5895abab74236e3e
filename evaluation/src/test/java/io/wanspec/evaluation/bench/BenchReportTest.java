package io.wanspec.evaluation.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BenchReportTest {
    private static final String MEASURED = """
            {"rounds": 2,
             "passes": [{"model": "target", "context": 64, "shape": "run", "tokens": 5, "medianMs": 30, "minMs": 20}],
             "sampling": [{"temperature": 0.8, "topP": 0.95, "medianMs": 0.5, "minMs": 0.4}],
             "masks": [{"memory": "first", "medianMs": 0.3, "minMs": 0.2, "ofPass": 0.0123}],
             "ratios": [
               {"context": 64, "verify5": {"median": 1.4, "min": 1.3}, "draft": {"median": 0.1, "min": 0.1}},
               {"context": 256, "verify5": {"median": 1.6, "min": 1.3}, "draft": {"median": 0.12, "min": 0.1},
                "tree8": {"median": 1.25, "min": 1.2}}]}
            """;

    @Test
    void theWorstContextDecides() throws IOException {
        JsonNode json = new JsonMapper().readTree(new BenchReport(MEASURED).json("t", "d", "0"));
        assertThat(json.at("/goals/verify5/met").asBoolean(true)).isFalse();
        assertThat(json.at("/goals/verify5/worst").asDouble()).isEqualTo(1.6);
        assertThat(json.at("/goals/draft/met").asBoolean()).isTrue();
        assertThat(json.at("/target").asText()).isEqualTo("t");
        assertThat(json.at("/passes")).hasSize(1);
    }

    @Test
    void theTableFitsATerminal() {
        assertThat(new BenchReport(MEASURED).lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80))
                .anySatisfy(line -> assertThat(line).contains("1.600").contains("at 256"))
                .anySatisfy(line -> assertThat(line).startsWith("target run    5 at 64 "))
                .anySatisfy(line ->
                        assertThat(line).startsWith("tree 8 / run 8 at 256 ").contains("1.250"))
                .anySatisfy(line -> assertThat(line).startsWith("a mask, grammar met first"))
                .anySatisfy(line -> assertThat(line).contains("0.012 of a target pass"))
                .anySatisfy(line -> assertThat(line).endsWith("not met"));
    }

    @Test
    void whatIsNoObjectIsRefused() {
        assertThatThrownBy(() -> new BenchReport("[1]")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BenchReport("oops")).isInstanceOf(IllegalArgumentException.class);
    }
}
