package io.wanspec.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.wanspec.simulator.run.CapacityRow;
import io.wanspec.simulator.run.Catalogue;
import io.wanspec.simulator.run.Contender;
import io.wanspec.simulator.run.Row;
import io.wanspec.simulator.study.Findings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The page of made-up findings. */
final class ReportTest {
    @TempDir
    private static Path folder = Path.of("");

    private static String page = "";
    private static Map<String, String> figures = Map.of();

    @BeforeAll
    static void write() throws IOException {
        page = Files.readString(Report.write(findings(0.9), folder));
        try (Stream<Path> files = Files.list(folder.resolve("figures"))) {
            figures = files.collect(Collectors.toMap(file -> file.getFileName().toString(), ReportTest::read));
        }
    }

    @Test
    void thePageIsWellFormedAndNamesEveryPolicy() throws Exception {
        Document document = parsed(page);
        String text = document.getDocumentElement().getTextContent();
        for (Contender each : Catalogue.all()) {
            assertThat(text).contains(each.name()).contains(each.what());
        }
        assertThat(text)
                .contains("./wanspec sim --report <here> & there")
                .doesNotContain("NaN")
                .doesNotContain("Infinity");
    }

    @Test
    void thePageNeedsNothingFromElsewhere() throws Exception {
        String without = page.replace("http://www.w3.org/2000/svg", "").replace("http://www.w3.org/1999/xhtml", "");
        assertThat(without)
                .doesNotContain("http:")
                .doesNotContain("https:")
                .doesNotContain("<script")
                .doesNotContain("@import")
                .doesNotContain("src=");
    }

    @Test
    void everyRowIsInTheTableAndInTheJson() throws Exception {
        Findings findings = findings(0.9);
        Document document = parsed(page);
        int rows = document.getElementsByTagName("tr").getLength();
        assertThat(rows)
                .isEqualTo(Catalogue.all().size()
                        + 1
                        + findings.capacity().size()
                        + 1
                        + findings.rows().size());
        assertThat(new ObjectMapper()
                        .readTree(folder.resolve("rows.json").toFile())
                        .path("sweep"))
                .hasSize(findings.sweep().size());
    }

    @Test
    void everyFigureIsAFileThatStandsByItself() throws Exception {
        int inPage = parsed(page).getElementsByTagName("svg").getLength();
        assertThat(figures).hasSize(inPage).hasSizeGreaterThanOrEqualTo(10);
        for (String figure : figures.values()) {
            Document svg = parsed(figure);
            assertThat(svg.getDocumentElement().getAttribute("aria-label")).isNotBlank();
            assertThat(svg.getElementsByTagName("style").getLength()).isEqualTo(1);
            assertThat(page).contains(figure);
        }
    }

    @Test
    void everySeriesOfTheSweepHasItsMarkerForEveryRoundTrip() throws Exception {
        NodeList hints =
                parsed(Objects.requireNonNull(figures.get("latency.svg"))).getElementsByTagName("title");
        assertThat(hints.getLength()).isEqualTo(findings(0.9).sweep().size());
    }

    @Test
    void whatIsNotANumberIsRefused() {
        assertThatThrownBy(() -> Report.write(findings(Double.NaN), folder)).hasMessageContaining("NaN");
    }

    @Test
    void theParetoFrontHoldsWhatNothingBeats() {
        List<Row> front = ParetoFront.of(List.of(
                row("slow", 20, 1.2, 0),
                row("beaten", 20, 1.1, 0.5),
                row("fast", 20, 0.9, 0.4),
                row("none", 20, 1.0, 0)));
        assertThat(front).extracting(Row::policy).containsExactly("none", "fast");
    }

    private static Findings findings(double latency) {
        List<Row> sweep = new ArrayList<>();
        for (double rtt : new double[] {20, 50}) {
            for (Contender each : Catalogue.POLICIES) {
                sweep.add(row(each.name(), rtt, latency, 0.3));
            }
        }
        List<Row> some = List.of(row("ladder-chain", 50, 1.1, 0.2), row("without-wait", 50, 0.8, 0.6));
        List<Row> regions = List.of(row("economy", "reference us-east-1/us-west-2", 71, 1.05, 0.1));
        List<Row> others = List.of(row("economy", "blind", 50, 1.3, 0.1));
        CapacityRow users = new CapacityRow(
                "economy", "economy", "reference", 50, 64, 1_300, 150, 2.3, 1_290, 1, 0.2, 25, 0, 7, 2, 1);
        return new Findings(
                "./wanspec sim --report <here> & there",
                sweep,
                regions,
                some,
                List.of(row("price-0.3", 50, 0.85, 0.7)),
                others,
                List.of(users));
    }

    private static Row row(String policy, double rttMs, double latency, double busy) {
        return row(policy, "reference", rttMs, latency, busy);
    }

    private static Row row(String policy, String scenario, double rttMs, double latency, double busy) {
        return new Row(policy, "k=5", scenario, rttMs, 0.8, 20, latency, 0.01, busy, 1.1, 5, 2, 900, 1, 10, 1);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Document parsed(String markup) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setExpandEntityReferences(false);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(markup.getBytes(StandardCharsets.UTF_8)));
    }
}
