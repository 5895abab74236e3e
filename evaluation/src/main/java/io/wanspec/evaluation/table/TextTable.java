package io.wanspec.evaluation.table;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * A table of plain text without borders and colours: words to the left, numbers to the right, two spaces between columns, none at
 * the end of a line. A column is as wide as it was asked to be, or as its widest cell if that is wider.
 */
public final class TextTable {
    /** What the library puts before and behind each cell. */
    private static final int PADDING = 2;

    private final List<Column> columns;
    private final List<Line> lines = new ArrayList<>();

    /**
     * A column.
     *
     * @param least its least width
     */
    public record Column(int least, boolean isWords) {
        /** Its cells stand to the left. */
        public static Column words(int least) {
            return new Column(least, true);
        }

        /** Its cells stand to the right. */
        public static Column numbers(int least) {
            return new Column(least, false);
        }

        private com.github.freva.asciitable.Column drawn() {
            return new com.github.freva.asciitable.Column()
                    .dataAlign(isWords ? HorizontalAlign.LEFT : HorizontalAlign.RIGHT)
                    .minWidth(least + PADDING)
                    .maxWidth(Short.MAX_VALUE, OverflowBehaviour.CLIP_RIGHT);
        }
    }

    private sealed interface Line {
        record Row(List<String> cells) implements Line {}

        record Text(String text) implements Line {}
    }

    private TextTable(List<Column> columns) {
        this.columns = columns;
    }

    public static TextTable of(Column... columns) {
        return new TextTable(List.of(columns));
    }

    /** Words in the first column, and {@code many} columns of numbers as wide as each other. */
    public static TextTable of(Column first, int many, Column numbers) {
        List<Column> columns = new ArrayList<>(List.of(first));
        for (int i = 0; i < many; i++) {
            columns.add(numbers);
        }
        return new TextTable(List.copyOf(columns));
    }

    /** A row; cells that are left out at its end are empty. */
    public TextTable row(String... cells) {
        return row(Arrays.asList(cells));
    }

    public TextTable row(List<String> cells) {
        if (cells.size() > columns.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + columns.size() + " columns");
        }
        lines.add(new Line.Row(List.copyOf(cells)));
        return this;
    }

    /** A line that heeds no columns. */
    public TextTable text(String text) {
        lines.add(new Line.Text(text));
        return this;
    }

    /** The table so far, from top to bottom. */
    public List<String> lines() {
        Iterator<String> rows = rows().iterator();
        return lines.stream()
                .map(line -> switch (line) {
                    case Line.Row row -> rows.next();
                    case Line.Text text -> text.text();
                })
                .toList();
    }

    private List<String> rows() {
        String[][] cells = lines.stream()
                .filter(Line.Row.class::isInstance)
                .map(line -> ((Line.Row) line).cells().toArray(String[]::new))
                .toArray(String[][]::new);
        if (cells.length == 0) {
            return List.of();
        }
        return AsciiTable.builder()
                .border(AsciiTable.NO_BORDERS)
                .lineSeparator("\n")
                .data(columns.stream().map(Column::drawn).toArray(com.github.freva.asciitable.Column[]::new), cells)
                .asString()
                .lines()
                .map(line -> line.substring(1).stripTrailing())
                .toList();
    }
}
