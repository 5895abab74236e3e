package io.wanspec.endpoints.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wanspec.endpoints.model.EngineSettings;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.torch.ModelLoader;
import io.wanspec.endpoints.tiny.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineBenchTest {
    @TempDir
    Path folder;

    @Test
    void reportsEveryCaseAndItsRatios() throws IOException {
        EngineSettings settings = EngineSettings.cpuInt8();
        try (LanguageModel target = ModelLoader.load("t", TinyModel.writeTarget(folder, 3), null, settings);
                LanguageModel draft = ModelLoader.load("d", TinyModel.writeDraft(folder, 3, 0.1), null, settings);
                Measurement measurement = new Measurement(target, draft)) {
            measurement.run(2);
            check(MeasurementReport.of(measurement, 2));
        }
    }

    @Test
    void reportsBatchesOfAllSizes() throws IOException {
        EngineSettings settings = EngineSettings.cpuInt8();
        try (LanguageModel target = ModelLoader.load("t", TinyModel.writeTarget(folder, 3), null, settings);
                BatchCosts costs = new BatchCosts(target)) {
            costs.run(1);
            JsonNode report = costs.report();
            assertThat(report.size() % (BatchCosts.SEQUENCES.size() * BatchCosts.ROWS.size()))
                    .isZero();
            assertThat(report)
                    .isNotEmpty()
                    .allMatch(each -> each.path("quartileMs").asDouble() > 0);
        }
    }

    @Test
    void mediansAndMinima() {
        Samples samples = new Samples();
        for (long ms : new long[] {4, 1, 9, 3}) {
            samples.add(ms * 1_000_000);
        }
        assertThat(samples.medianMs()).isEqualTo(3.5);
        assertThat(samples.quartileMs()).isEqualTo(1);
        assertThat(samples.minMs()).isEqualTo(1);
    }

    private static void check(JsonNode report) {
        int contexts = report.path("ratios").size();
        assertThat(contexts).isPositive();
        assertThat(report.path("passes")).hasSize(contexts * 10);
        assertThat(report.path("sampling")).hasSize(2);
        assertThat(report.path("masks"))
                .hasSize(2)
                .allSatisfy(mask -> assertThat(mask.path("ofPass").asDouble()).isPositive());
        for (JsonNode ratio : report.path("ratios")) {
            for (String name : List.of("verify5", "tree8", "tree16", "draft", "draft8")) {
                assertThat(ratio.path(name).path("median").asDouble()).as(name).isPositive();
                assertThat(ratio.path(name).path("min").asDouble()).as(name).isPositive();
            }
        }
    }
}
