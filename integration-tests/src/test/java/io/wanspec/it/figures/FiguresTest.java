package io.wanspec.it.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents state as measured is what was measured. Write it anew with {@code -Dwanspec.golden=write}. */
class FiguresTest {
    private static final List<String> DOCUMENTS = List.of(
            "README.md",
            "docs/policies.md",
            "docs/study.md",
            "docs/placement.md",
            "docs/benchmarks.md",
            "docs/eval-draft.md",
            "docs/draft-model.md",
            "docs/functions.md",
            "models/smollm2-135m-draft/README.md");

    @ParameterizedTest
    @FieldSource("DOCUMENTS")
    void documentsSayWhatWasMeasured(String document) throws IOException {
        Path file = JsonFile.ROOT.resolve(document);
        String said = Files.readString(file);
        String measured = FiguredDocument.withFigures(said, Tables::byName);
        if ("write".equals(System.getProperty("wanspec.golden"))) {
            Files.writeString(file, measured);
        } else {
            assertThat(said).as(document).isEqualTo(measured);
        }
    }

    @Test
    void everyMeasurementSaysWhereItComesFrom() throws IOException {
        assertThat(Measured.names()).isNotEmpty().allSatisfy(Measured::read);
    }

    @Test
    void everyTableIsShownSomewhere() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String document : DOCUMENTS) {
            all.append(Files.readString(JsonFile.ROOT.resolve(document)));
        }
        assertThat(Tables.NAMES).allSatisfy(name -> assertThat(all).contains("<!-- figures: " + name + " -->"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!-- figures: a -->\n| 1 |\n",
                "<!-- figure: a#/b -->1<!-- -->",
                "<!-- figures: a\n| 1 |\n<!-- end -->",
                "<!-- figure: a#/b 0.0 -->1"
            })
    void markersThatAreNotClosedAreRefused(String text) {
        UnaryOperator<String> tables = name -> "| 1 |\n";
        assertThatThrownBy(() -> FiguredDocument.withFigures(text, tables))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("markers");
    }
}
