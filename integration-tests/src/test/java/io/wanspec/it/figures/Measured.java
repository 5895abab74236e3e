package io.wanspec.it.figures;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Something that was measured, as it lies in {@code docs/measured}: the figures, and what they were measured with.
 *
 * @param command that measures it again
 * @param commit that was measured
 * @param machine processor and cores
 * @param output what the command printed
 */
record Measured(String name, String command, String commit, String machine, String date, JsonNode output) {
    private static final String FOLDER = "docs/measured";

    static List<String> names() throws IOException {
        try (var files = Files.list(JsonFile.ROOT.resolve(FOLDER))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> name.substring(0, name.length() - ".json".length()))
                    .sorted()
                    .toList();
        }
    }

    /** @throws IllegalStateException if it has not been measured: a document must not speak of it then */
    static Measured read(String name) {
        if (!Files.exists(JsonFile.ROOT.resolve(FOLDER).resolve(name + ".json"))) {
            throw new IllegalStateException("not measured: run `tools/measure " + name + "`");
        }
        String file = FOLDER + "/" + name + ".json";
        JsonNode json = JsonFile.read(file);
        return new Measured(
                name,
                text(json, file, "command"),
                text(json, file, "commit"),
                text(json, file, "machine"),
                text(json, file, "date"),
                json.required("output"));
    }

    private static String text(JsonNode json, String file, String field) {
        String text = json.path(field).asText();
        if (text.isBlank()) {
            throw new IllegalArgumentException(file + " does not say " + field);
        }
        return text;
    }

    /** The value at a JSON pointer such as {@code /0/acceptance}. */
    JsonNode at(String pointer) {
        JsonNode value = output.at(pointer);
        if (value.isMissingNode()) {
            throw new IllegalArgumentException("docs/measured/" + name + ".json has nothing at " + pointer);
        }
        return value;
    }

    double number(String pointer) {
        JsonNode value = at(pointer);
        if (!value.isNumber()) {
            throw new IllegalArgumentException("docs/measured/" + name + ".json has no number at " + pointer);
        }
        return value.asDouble();
    }

    /** The elements of an array. */
    List<JsonNode> list(String pointer) {
        List<JsonNode> elements = new ArrayList<>();
        at(pointer).forEach(elements::add);
        return elements;
    }

    /** @param pattern of {@link DecimalFormat}, such as {@code 0.00} */
    static String format(double value, String pattern) {
        return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }
}
