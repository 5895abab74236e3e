package io.wanspec.it.figures;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Every table of figures in the documents, by the name between its markers. */
final class Tables {
    private static final Map<String, Supplier<String>> ALL = new TreeMap<>();

    static {
        ALL.putAll(SimulatedTables.ALL);
        ALL.putAll(StudyTables.ALL);
        ALL.putAll(DraftTables.ALL);
        ALL.putAll(TimedTables.ALL);
    }

    static final List<String> NAMES = List.copyOf(ALL.keySet());

    private Tables() {}

    /** A table that is made of outputs, or one that lies in {@code docs/measured} as rows. */
    static String byName(String name) {
        Supplier<String> table = ALL.get(name);
        return table == null ? literal(Measured.read(name)) : table.get();
    }

    private static String literal(Measured measured) {
        Table table = new Table(texts(measured.at("/header")).toArray(String[]::new));
        measured.list("/rows").forEach(row -> table.row(texts(row)));
        return table.from(measured);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
