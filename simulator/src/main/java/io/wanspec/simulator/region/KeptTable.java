package io.wanspec.simulator.region;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** A table that lies in the repository: comments that begin with {@code #}, a line of headings, and rows of cells with commas between. */
public final class KeptTable {
    private KeptTable() {}

    /** The rows of a file beside a class, each with so many cells; the last cell may hold commas. */
    public static List<String[]> rows(Class<?> beside, String file, int cells) {
        List<String> lines =
                lines(beside, file).stream().filter(KeptTable::counts).toList();
        return rows(lines.subList(1, lines.size()), cells);
    }

    /** Of lines without headings. */
    public static List<String[]> rows(List<String> lines, int cells) {
        return lines.stream()
                .filter(KeptTable::counts)
                .map(line -> cells(line, cells))
                .toList();
    }

    private static boolean counts(String line) {
        return !line.startsWith("#") && !line.isBlank();
    }

    private static List<String> lines(Class<?> beside, String file) {
        try (InputStream in = Objects.requireNonNull(beside.getResourceAsStream(file), file);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the build lacks " + file, e);
        }
    }

    private static String[] cells(String line, int many) {
        String[] cells = line.split(",", many);
        if (cells.length != many) {
            throw new IllegalArgumentException("a row has " + many + " columns: " + line);
        }
        return cells;
    }
}
