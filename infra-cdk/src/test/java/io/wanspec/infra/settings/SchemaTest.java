package io.wanspec.infra.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** What editors are told is what is read: the schema knows every field of the reader, and no other. */
class SchemaTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final JsonNode SCHEMA = schema();

    @ParameterizedTest
    @ValueSource(strings = {"wanspec.yaml", "dev.yaml"})
    void theExamplesFitTheSchema(String name) throws IOException {
        JsonNode example = MAPPER.valueToTree(new Yaml().<Object>load(Files.readString(Path.of("examples", name))));
        List<String> faults = new ArrayList<>();
        check(example, SCHEMA, "", faults);
        assertThat(faults).isEmpty();
    }

    /** The big example has every field of the schema, and the reader takes it: so it knows them all. */
    @Test
    void theExampleHasEveryField() throws IOException {
        String text =
                Files.readString(Path.of("examples", "wanspec.yaml")).replace("# packages: DIR ", "packages: DIR #");
        DeploymentReader.read("wanspec.yaml", new StringReader(text));
        JsonNode example = MAPPER.valueToTree(new Yaml().<Object>load(text));
        List<String> absent = new ArrayList<>();
        absent(example, SCHEMA, "", absent);
        assertThat(absent).isEmpty();
    }

    /** And what the reader knows is in the schema: a section with an unknown field lists those that there are. */
    @ParameterizedTest
    @ValueSource(strings = {"functions", "api", "data", "residency", "traffic"})
    void theReaderKnowsNoOther(String section) throws IOException {
        String text = Files.readString(Path.of("examples", "dev.yaml"));
        String without =
                text.lines().filter(line -> !line.startsWith(section + ":")).reduce("", (a, b) -> a + b + "\n");
        List<String> names = new ArrayList<>();
        SCHEMA.path("properties").path(section).path("properties").fieldNames().forEachRemaining(names::add);
        assertThatThrownBy(() -> DeploymentReader.read(
                        "wanspec.yaml", new StringReader(without + section + ": {unheard-of-field: 1}\n")))
                .hasMessageContaining("Here there are: " + String.join(", ", names));
    }

    private static void check(JsonNode value, JsonNode given, String path, List<String> faults) {
        JsonNode schema = resolved(given);
        if (value.isObject()) {
            value.fieldNames().forEachRemaining(name -> {
                if (!schema.path("properties").has(name)) {
                    faults.add(path + "." + name + " is unknown");
                }
            });
            schema.path("required").forEach(name -> {
                if (!value.has(name.asText())) {
                    faults.add(path + "." + name.asText() + " is missing");
                }
            });
            value.properties()
                    .forEach(field -> check(
                            field.getValue(),
                            schema.path("properties").path(field.getKey()),
                            path + "." + field.getKey(),
                            faults));
        } else if (value.isArray()) {
            value.forEach(entry -> check(entry, schema.path("items"), path + "[]", faults));
        } else if (!fits(value, schema)) {
            faults.add(path + " " + value);
        }
    }

    private static boolean fits(JsonNode value, JsonNode schema) {
        boolean kind = switch (schema.path("type").asText()) {
            case "string" -> value.isTextual();
            case "integer" -> value.isInt();
            case "boolean" -> value.isBoolean();
            default -> schema.has("enum");
        };
        boolean chosen = !schema.has("enum") || stream(schema.path("enum")).anyMatch(value::equals);
        boolean formed = !schema.has("pattern")
                || value.asText().matches(schema.path("pattern").asText());
        return kind && chosen && formed;
    }

    private static void absent(JsonNode value, JsonNode given, String path, List<String> absent) {
        JsonNode schema = resolved(given);
        schema.path("properties").properties().forEach(field -> {
            JsonNode there = value.path(field.getKey());
            if (there.isMissingNode()) {
                absent.add(path + "." + field.getKey());
            } else if (there.isObject()) {
                absent(there, field.getValue(), path + "." + field.getKey(), absent);
            }
        });
        // Some entries of a list leave fields out; what is the same as elsewhere need not be there again.
        absent.removeIf(name -> name.startsWith(".target.busy-draft."));
    }

    private static JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? SCHEMA.at(schema.path("$ref").asText().substring(1)) : schema;
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        List<JsonNode> entries = new ArrayList<>();
        array.forEach(entries::add);
        return entries.stream();
    }

    private static JsonNode schema() {
        try {
            return MAPPER.readTree(
                    Files.readString(Path.of("src/main/resources/io/wanspec/infra/wanspec.schema.json")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
