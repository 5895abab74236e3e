package io.wanspec.infra.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.wanspec.infra.settings.Deployment;
import io.wanspec.infra.settings.DeploymentReader;
import io.wanspec.simulator.region.PriceTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The estimate is the arithmetic that docs/deploy.md does by hand, for the small example and the large one. */
class EstimateTest {
    private static final PriceTable PRICES = PriceTable.ofRepository();

    @Test
    void theSmallExampleByHand() throws IOException {
        List<CostLine> lines = lines("dev.yaml");
        assertThat(usd(lines, "target, 1 x ml.m5.xlarge")).isCloseTo(0.23 * 730, within(0.01));
        assertThat(usd(lines, "busy-region draft, 1 x ml.m5.large")).isCloseTo(0.115 * 730, within(0.01));
        // 200 a day, 256 tokens of 20 ms, 1769 MB.
        double requests = 200 * 730 / 24.0;
        assertThat(usd(lines, "functions, time"))
                .isCloseTo(requests * 256 * 0.020 * 1769 / 1024 * 0.0000166667, within(0.01));
        assertThat(Estimate.total(lines)).isCloseTo(260.05, within(0.01));
        assertThat(Estimate.idle(lines)).isLessThan(Estimate.total(lines));
    }

    @Test
    void theLargeExampleByHand() throws IOException {
        List<CostLine> lines = lines("wanspec.yaml");
        assertThat(usd(lines, "target, 1 x ml.g6.12xlarge")).isCloseTo(5.752 * 730, within(0.01));
        assertThat(usd(lines, "draft ireland, 1 x ml.m5.2xlarge")).isCloseTo(0.514 * 730 * 13 * 5 / 168, within(0.01));
        assertThat(usd(lines, "relay, 1 x ml.c6i.large")).isCloseTo(0.102 * 730, within(0.01));
        assertThat(usd(lines, "NAT gateways")).isCloseTo(2 * 0.045 * 730, within(0.01));
        double requests = 20_000 * 730 / 24.0;
        assertThat(usd(lines, "functions, time")).isCloseTo(requests * 256 * 0.020 * 2 * 0.0000166667, within(0.01));
        assertThat(usd(lines, "API")).isCloseTo(requests / 1e6 * 3.5, within(0.01));
        assertThat(Estimate.total(lines)).isCloseTo(7116.47, within(0.01));
    }

    @Test
    void aPriceOfElsewhereOrNoneIsToldAsSuch() throws IOException {
        String text = Files.readString(Path.of("examples", "dev.yaml"))
                .replace("us-east-1", "eu-central-1")
                .replace("ml.m5.large", "ml.p9.xlarge");
        Path file = Files.createDirectories(Path.of("target", "settings")).resolve("elsewhere.yaml");
        List<CostLine> lines = Estimate.of(DeploymentReader.read(Files.writeString(file, text)), PRICES);
        assertThat(line(lines, "busy-region draft, 1 x ml.p9.xlarge").remark()).contains("no price known");
        assertThat(line(lines, "API").remark()).isEqualTo("price of us-east-1");
    }

    @Test
    void thePlanTellsAllOfIt() throws IOException {
        String plan = String.join("\n", PlanReport.of(deployment("wanspec.yaml"), PRICES));
        assertThat(plan)
                .contains(
                        "us-east-1   111111111111  API, functions (java25)", "eu-west-1   222222222222  draft ireland")
                .contains("draft campus at https://draft.example.edu")
                .contains(
                        "relay 1 x ml.c6i.large, where workers on site dial in",
                        "draft lab: machines with tokens for lab")
                .contains("Expected of draft ohio, 15 ms away, against co-located speculation (B1):")
                .contains("Simulated, not measured on AWS")
                .doesNotContain("no price known");
    }

    @Test
    void aTableWithAMistakeIsRefused() {
        assertThatThrownBy(() -> PriceTable.of(List.of("a,b,c"))).hasMessageContaining("6 columns");
        assertThatThrownBy(() -> PriceTable.of(List.of("a,b,hour,1,2026-11-29,")))
                .hasMessageContaining("a source");
        assertThatThrownBy(() -> PriceTable.of(List.of("a,b,h,1,2026-11-29,x", "a,b,h,2,2026-11-29,x")))
                .hasMessageContaining("two prices");
    }

    private static List<CostLine> lines(String file) throws IOException {
        return Estimate.of(deployment(file), PRICES);
    }

    private static Deployment deployment(String file) throws IOException {
        return DeploymentReader.read(Path.of("examples", file));
    }

    private static double usd(List<CostLine> lines, String what) {
        return line(lines, what).usd();
    }

    private static CostLine line(List<CostLine> lines, String what) {
        return lines.stream()
                .filter(each -> each.what().equals(what))
                .findFirst()
                .orElseThrow();
    }
}
