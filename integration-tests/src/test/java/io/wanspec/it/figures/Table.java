package io.wanspec.it.figures;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table in Markdown. */
final class Table {
    private final List<String> lines = new ArrayList<>();
    private final int columns;

    Table(String... header) {
        columns = header.length;
        row(header);
        lines.add("|" + String.join("|", Collections.nCopies(columns, "---")) + "|");
    }

    Table row(String... cells) {
        return row(List.of(cells));
    }

    Table row(List<String> cells) {
        if (cells.size() != columns) {
            throw new IllegalArgumentException("a row of " + columns + " cells is needed, not " + cells);
        }
        lines.add("| " + String.join(" | ", cells) + " |");
        return this;
    }

    /** With what measured it, and on what. */
    String from(Measured... sources) {
        StringBuilder text = new StringBuilder(toString()).append('\n');
        for (Measured source : sources) {
            text.append("`%s` on %s, %s, commit %s.\n"
                    .formatted(source.command(), source.machine(), source.date(), source.commit()));
        }
        return text.toString();
    }

    /** With what simulated it; the machine does not matter. */
    String simulatedBy(Measured source) {
        return this + "\n`%s`, commit %s.\n".formatted(source.command(), source.commit());
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
