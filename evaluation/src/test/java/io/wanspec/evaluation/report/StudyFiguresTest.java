package io.wanspec.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.simulator.advice.OutcomeTable;
import io.wanspec.simulator.advice.RegionStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The study in the documentation is what the figures in the repository give; {@code tools/measure study} and {@code tools/figures} make it anew. */
final class StudyFiguresTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final RegionStudy STUDY =
            RegionStudy.of("./wanspec study compute --json", OutcomeTable.ofRepository());

    @Test
    void whatIsKeptIsWhatIsComputed() throws IOException {
        var json = new JsonMapper();
        assertThat(json.readTree(DOCS.resolve("measured/study.json").toFile()).get("output"))
                .as("run tools/measure study")
                .isEqualTo(json.readTree(STUDY.json()));
    }

    @Test
    void figuresAreThoseOfTheStudyAndAreShown() throws IOException {
        String document = Files.readString(DOCS.resolve("study.md"));
        for (Page.Drawn each : RegionReport.drawn(STUDY)) {
            assertThat(DOCS.resolve("figures").resolve(each.name() + ".svg"))
                    .as("run tools/figures: %s", each.name())
                    .hasContent(each.svg());
            assertThat(document).contains("](figures/" + each.name() + ".svg)");
        }
    }
}
