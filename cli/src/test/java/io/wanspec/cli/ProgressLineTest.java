package io.wanspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void is_plain_lines_in_a_pipe() throws Exception {
        try (ProgressLine progress = new ProgressLine(console(false), Duration.ofMillis(20))) {
            progress.step("fetching");
            progress.bytes(45_000_000, 93_000_000);
            Thread.sleep(200);
            progress.note("Trying again.");
            progress.step("checking");
        }
        assertThat(text())
                .startsWith("fetching…\n  … 45 of 93 MB, 0 s\n")
                .contains("Trying again.\n", "done: fetching (0.", "checking…\n")
                .doesNotContain("done: checking")
                .doesNotContain("\u001b", "\r");
    }

    @Test
    void rewrites_its_line_on_a_terminal() {
        try (ProgressLine progress = new ProgressLine(console(true), Duration.ofSeconds(60))) {
            progress.step("starting");
            progress.done();
        }
        assertThat(text()).contains("\r\u001b[K").contains("starting (0.");
    }

    @Test
    void shows_how_much_of_a_step_is_done() throws Exception {
        try (ProgressLine progress = new ProgressLine(console(false), Duration.ofMillis(20))) {
            progress.step("simulating");
            progress.count(5, 20);
            Thread.sleep(200);
        }
        assertThat(text()).contains("  … █████░░░░░░░░░░░░░░░ 5 of 20, 0 s\n");
    }

    private Console console(boolean terminal) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return Console.of(stream, stream, terminal, terminal, Map.of());
    }

    private String text() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
