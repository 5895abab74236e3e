package io.wanspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LiveRunTest {
    private static final int COLUMNS = 60;
    private final LiveRun run = new LiveRun("WANSpec");

    @Test
    void showsTheEndOfTheTextOverTheLanes() {
        run.happened("{\"t\":0.0,\"type\":\"stall\",\"from\":0.0}");
        run.happened("{\"t\":40.0,\"type\":\"stall\",\"from\":20.0}");
        run.happened("no event");
        for (int i = 0; i < 200; i++) {
            run.text("word" + i + " ");
        }
        List<String> lines = run.lines(COLUMNS, 20);
        assertThat(lines).hasSizeLessThanOrEqualTo(20).allMatch(line -> line.length() <= COLUMNS);
        assertThat(lines.getFirst()).isEqualTo("WANSpec");
        assertThat(String.join("\n", lines))
                .contains("word199")
                .doesNotContain("word0 ")
                .contains("stalls");
        assertThat(lines.getLast()).endsWith("40 ms");
    }

    @Test
    void beforeAnythingHappensThereIsAnAxis() {
        assertThat(run.lines(COLUMNS, 20)).hasSizeBetween(3, 5);
    }
}
