package io.wanspec.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;

/** Lines at the end of a terminal that are drawn again and again, and leave nothing behind. */
final class LiveScreen implements AutoCloseable {
    /** On less there is no room for a text with lanes below it. */
    static final int ROWS_MIN = 14;

    static final int COLUMNS_MIN = 60;

    private final Terminal terminal;
    private final Display display;

    private LiveScreen(Terminal terminal) {
        this.terminal = terminal;
        this.display = new Display(terminal, false);
    }

    /** Of the terminal that the program runs in, if that can draw lines again. */
    static Optional<LiveScreen> open() {
        try {
            return on(TerminalBuilder.builder().system(true).dumb(false).build());
        } catch (IOException | IllegalStateException none) {
            return Optional.empty();
        }
    }

    static Optional<LiveScreen> on(Terminal terminal) throws IOException {
        boolean dumb = terminal.getType().startsWith("dumb");
        if (dumb || terminal.getColumns() < COLUMNS_MIN || terminal.getRows() < ROWS_MIN) {
            terminal.close();
            return Optional.empty();
        }
        return Optional.of(new LiveScreen(terminal));
    }

    /** How wide a line may be: one that reaches the edge would be followed by an empty one on some terminals. */
    int columns() {
        return terminal.getColumns() - 1;
    }

    /** How many lines there may be. */
    int rows() {
        return terminal.getRows() - 1;
    }

    /** In place of the lines before. */
    void draw(List<String> lines) {
        display.resize(terminal);
        display.update(
                lines.stream()
                        .limit(rows())
                        .map(line ->
                                new AttributedString(new AttributedString(line).columnSubSequence(0, columns()) + "\n"))
                        .toList(),
                0);
    }

    void clear() {
        display.update(List.of(), 0);
    }

    @Override
    public void close() {
        clear();
        try {
            terminal.close();
        } catch (IOException gone) {
            // Whoever closed it has what they wanted.
        }
    }
}
