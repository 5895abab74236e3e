package io.wanspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.Test;

final class LiveScreenTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void drawsInPlaceOfWhatWasThereAndLeavesNothing() throws Exception {
        try (LiveScreen screen = LiveScreen.on(terminal("ansi", 80, 24)).orElseThrow()) {
            assertThat(screen.columns()).isEqualTo(79);
            screen.draw(List.of("lane \u2588\u2588", "second"));
            assertThat(text()).contains("lane \u2588\u2588").contains("second").contains("\u001b[");
            out.reset();
            screen.draw(List.of("lane \u2588\u2588", "other!"));
            assertThat(text()).as("what is the same is not sent again").doesNotContain("lane");
            out.reset();
        }
        assertThat(text()).as("cleared").contains("\u001b[");
    }

    @Test
    void cutsWhatIsTooLongOrTooMuch() throws Exception {
        try (LiveScreen screen = LiveScreen.on(terminal("ansi", 60, 14)).orElseThrow()) {
            screen.draw(List.of("x".repeat(500), "\u6771".repeat(500)));
            assertThat(text()).contains("x".repeat(59)).doesNotContain("x".repeat(60));
            assertThat(text().chars().filter(c -> c == '\u6771').count()).isLessThan(30);
            out.reset();
            screen.draw(IntStream.range(100, 150).mapToObj(i -> "line" + i).toList());
            assertThat(text()).contains("line112").doesNotContain("line113");
        }
    }

    @Test
    void thereIsNoneOnADumbOrSmallTerminal() throws Exception {
        assertThat(LiveScreen.on(terminal("dumb", 80, 24))).isEmpty();
        assertThat(LiveScreen.on(terminal("ansi", 40, 24))).isEmpty();
        assertThat(LiveScreen.on(terminal("ansi", 80, 5))).isEmpty();
    }

    /** One that writes at once, not by a pseudo-terminal's thread. */
    private Terminal terminal(String type, int columns, int rows) throws IOException {
        var terminal = new LineDisciplineTerminal("test", type, out, StandardCharsets.UTF_8);
        terminal.setSize(Size.of(columns, rows));
        return terminal;
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
