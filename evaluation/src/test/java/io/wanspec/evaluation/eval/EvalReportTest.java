package io.wanspec.evaluation.eval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.contracts.Ints;
import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.eval.EvalLine;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EvalReportTest {
    @Test
    void oneTemperatureIsOneObjectWithTheseFields() throws IOException {
        JsonNode json = json(observed(0.8, 0, 1, 8));
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "target",
                        "draft",
                        "core",
                        "temperature",
                        "maxTokens",
                        "seed",
                        "prompts",
                        "tokens",
                        "acceptance",
                        "acceptanceByPosition",
                        "triesByPosition",
                        "entropyBins",
                        "chanceBins",
                        "rankAfterMismatch",
                        "auc",
                        "surprisalAuc",
                        "lookupAcceptance",
                        "lookupProposed",
                        "draftPassMs",
                        "targetPassMs",
                        "passRatio",
                        "passContext",
                        "draftPassMsByTokens",
                        "targetPassMsByTokens");
        assertThat(json.at("/acceptance").asDouble()).isEqualTo(1.0 / 3);
        assertThat(json.at("/acceptanceByPosition").toString()).isEqualTo("[0.5,0.0]");
        assertThat(json.at("/triesByPosition").toString()).isEqualTo("[2,1]");
        assertThat(json.at("/rankAfterMismatch").toString())
                .isEqualTo("{\"second\":0.5,\"third\":0.0,\"fourth\":0.0,\"beyond\":0.5,\"mismatches\":2}");
        assertThat(json.at("/entropyBins/0").toString())
                .isEqualTo("{\"fromNats\":0.0,\"toNats\":0.1,\"tokens\":3,\"acceptance\":0.3333333333333333}");
        assertThat(json.at("/chanceBins/3/tokens").asInt()).isEqualTo(3);
        assertThat(json.at("/chanceBins/3/acceptance").asDouble()).isEqualTo(1.0 / 3);
        assertThat(json.at("/chanceBins/3/to").asDouble()).isEqualTo(0.4);
        assertThat(json.at("/entropyBins/8/toNats").isNull()).isTrue();
        assertThat(json.at("/auc").asDouble()).isEqualTo(1);
        assertThat(json.at("/passRatio").asDouble()).isEqualTo(0.2);
        assertThat(json.at("/targetPassMsByTokens/2").asDouble()).isEqualTo(11);
    }

    @Test
    void severalTemperaturesAreAnArrayInRisingOrder() throws IOException {
        JsonNode json = json(observed(0.8, 0), observed(0, 0, 0));
        assertThat(json).hasSize(2);
        assertThat(json.at("/0/temperature").asDouble()).isZero();
        assertThat(json.at("/0/tokens").asInt()).isEqualTo(2);
        assertThat(json.at("/1/temperature").asDouble()).isEqualTo(0.8);
    }

    @Test
    void whatCannotBeCountedIsNull() throws IOException {
        JsonNode json = json(observed(0, 0, 0));
        assertThat(json.at("/auc").isNull()).isTrue();
        assertThat(json.at("/rankAfterMismatch/second").isNull()).isTrue();
        assertThat(json.at("/entropyBins/5/acceptance").isNull()).isTrue();
    }

    @Test
    void theTableFitsATerminal() {
        assertThat(EvalTable.of(observations(observed(0.8, 0, 1, 8), observed(0, 0, 0))))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80))
                .anySatisfy(line -> assertThat(line).matches("acceptance +1.000 +0.333"))
                .anySatisfy(line -> assertThat(line).matches("acceptance of draft 1 +1.000 +0.500"));
    }

    private static JsonNode json(EvalLine.Observed... lines) throws IOException {
        EvalRun.Settings settings = new EvalRun.Settings("t", "d", Optional.empty(), List.of(0.0, 0.8), 64, 1);
        return new JsonMapper().readTree(new EvalReport(settings, "0", observations(lines)).json());
    }

    private static Observations observations(EvalLine.Observed... lines) {
        Observations observations = new Observations();
        observations.begun(new EvalLine.Begun(
                lines.length, 256, new TreeMap<>(Map.of(1, 10.0, 2, 11.0)), new TreeMap<>(Map.of(1, 2.0, 2, 2.1))));
        for (EvalLine.Observed line : lines) {
            observations.observed(line);
        }
        return observations;
    }

    /** Entropies rise with the rank. */
    private static EvalLine.Observed observed(double temperature, int... ranks) {
        return new EvalLine.Observed(
                0,
                temperature,
                1,
                Tokens.of(1, 2),
                Tokens.of(ranks),
                Ints.of(ranks),
                Ints.of(ranks),
                Collections.nCopies(ranks.length, Ints.of(1_000, 2_000)));
    }
}
