package io.wanspec.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.simulator.study.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The figures in the documentation are those of the data beside them; {@code tools/figures} makes both anew. */
final class DocFiguresTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Path FIGURES = DOCS.resolve("figures");
    private static final Pattern SHOWN = Pattern.compile("!\\[[^]]*]\\(figures/([^)]*)\\)");

    @Test
    void areDrawnFromTheDataBesideThem() throws IOException {
        Findings findings =
                new JsonMapper().readValue(FIGURES.resolve("rows.json").toFile(), Findings.class);
        for (Page.Drawn each : Report.drawn(findings)) {
            assertThat(FIGURES.resolve(each.name() + ".svg"))
                    .as("run tools/figures: %s", each.name())
                    .hasContent(each.svg());
        }
    }

    @Test
    void areAllThere() throws IOException {
        List<String> shown = SHOWN.matcher(Files.readString(DOCS.resolve("policies.md")))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        assertThat(shown)
                .hasSizeGreaterThanOrEqualTo(10)
                .allSatisfy(name -> assertThat(FIGURES.resolve(name)).exists());
    }
}
