package io.wanspec.functions.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.grammar.Grammar;
import io.wanspec.functions.schema.StructuredText.Calls;
import io.wanspec.functions.schema.StructuredText.Format;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a grammar lets be written fits its schema, by a validator that knows nothing of grammars. */
final class SchemaGrammarTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int TEXTS = 4;

    @SeededTest(tries = 600)
    void everyTextFitsItsSchema(Random random) throws Exception {
        ObjectNode schema = RandomSchema.object(random);
        Grammar grammar = grammar(schema);
        assertThat(grammar.states()).isLessThanOrEqualTo(Limits.GRAMMAR_STATES_MAX);
        JsonSchema validator = validator(schema);
        for (int i = 0; i < TEXTS; i++) {
            String text = RandomText.write(grammar, random);
            assertThat(validator.validate(MAPPER.readTree(text)))
                    .as(schema + "\n" + text)
                    .isEmpty();
        }
    }

    @SeededTest(tries = 100)
    void anObjectIsJson(Random random) throws Exception {
        Grammar grammar = StructuredText.grammar(new Format.AnyObject(), Calls.NONE, "response_format")
                .orElseThrow();
        JsonNode read = MAPPER.readTree(RandomText.write(grammar, random));
        assertThat(read.isObject()).isTrue();
    }

    @SeededTest(tries = 50)
    void addresses(Random random) throws Exception {
        String text = RandomText.write(grammar("{\"type\": \"string\", \"format\": \"email\"}"), random);
        assertThat(text).matches("\"[A-Za-z0-9._+-]+@([a-z0-9]+(-[a-z0-9]+)?\\.)+[a-z]+\"");
        assertThat(RandomText.isOf(
                        grammar("{\"type\": \"string\", \"format\": \"email\"}"), "\"jo.do+x@mail-1.uni.ac.uk\""))
                .isTrue();
    }

    /** Every integer of a range and no other, against counting. */
    @SeededTest(tries = 100)
    void rangesOfIntegers(Random random) throws Exception {
        long least = Gen.between(random, -1_300, 1_300);
        long greatest = least + random.nextInt(1_300);
        Grammar grammar = grammar("{\"type\": \"integer\", \"minimum\": " + least + ", \"maximum\": " + greatest + "}");
        for (long value = -2_700; value <= 2_700; value++) {
            assertThat(RandomText.isOf(grammar, String.valueOf(value)))
                    .as(value + " of " + least + " to " + greatest)
                    .isEqualTo(value >= least && value <= greatest);
        }
    }

    @SeededTest(tries = 100)
    void rangesOfDecimals(Random random) throws Exception {
        long least = Gen.between(random, -30, 30);
        long greatest = least + 1 + random.nextInt(40);
        String low = random.nextBoolean() ? "minimum" : "exclusiveMinimum";
        String high = random.nextBoolean() ? "maximum" : "exclusiveMaximum";
        JsonNode schema = MAPPER.readTree(
                "{\"type\": \"number\", \"" + low + "\": " + least + ", \"" + high + "\": " + greatest + "}");
        JsonSchema validator = validator(schema);
        Grammar grammar = grammar(schema);
        for (int i = -3_200; i <= 7_400; i += 25) {
            String text = i / 100.0 + "";
            boolean fits = validator.validate(MAPPER.readTree(text)).isEmpty();
            // The same number has other spellings, which are left out: -0.0, and a whole one with a fraction at an end.
            boolean whole = i % 100 == 0;
            boolean is = RandomText.isOf(grammar, text) || (whole && RandomText.isOf(grammar, String.valueOf(i / 100)));
            assertThat(is).as(text + " of " + schema).isEqualTo(fits);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{\"type\": \"string\", \"pattern\": \"a\"}~s.pattern",
                "{\"type\": \"string\", \"format\": \"iban\"}~s.format",
                "{\"type\": \"number\", \"multipleOf\": 2}~s.multipleOf",
                "{\"type\": \"number\", \"minimum\": 0.5}~s.minimum",
                "{\"type\": \"array\", \"uniqueItems\": true}~s.uniqueItems",
                "{\"type\": \"array\", \"prefixItems\": []}~s.prefixItems",
                "{\"type\": \"object\", \"patternProperties\": {}}~s.patternProperties",
                "{\"type\": \"object\", \"properties\": {\"x\": {\"not\": {}}}}~s.properties.x.not",
                "{\"oneOf\": [{}, {}]}~s.oneOf",
                "{\"allOf\": [{}, {}]}~s.allOf",
                "{\"anyOf\": [{}, {\"if\": {}}]}~s.anyOf[1].if",
                "{\"enum\": [1], \"minimum\": 3}~s.minimum",
                "{\"$ref\": \"https://example.com/a\"}~s.$ref",
                "{\"$ref\": \"#/$defs/a\", \"$defs\": {\"a\": {\"type\": \"string\", \"contentEncoding\": \"base64\"}}}~s.$defs.a.contentEncoding",
                "{\"type\": \"integer\", \"maxLength\": 3}~s.maxLength",
            })
    void whatIsNotSupportedIsNamed(String schema, String path) {
        assertThatThrownBy(() -> grammar(schema)).isInstanceOfSatisfying(SchemaException.class, e -> {
            assertThat(e.path()).isEqualTo(path);
            assertThat(e.isUnsupported()).isTrue();
            assertThat(e).hasMessageStartingWith("'" + path + "' is not supported. ");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{\"type\": \"text\"}~s.type",
                "{\"type\": 3}~s.type",
                "{\"properties\": []}~s.properties",
                "{\"properties\": {\"a\": 3}}~s.properties.a",
                "{\"properties\": {}, \"required\": [\"a\"]}~s.required",
                "{\"type\": \"array\", \"minItems\": 3, \"maxItems\": 2}~s.maxItems",
                "{\"type\": \"array\", \"minItems\": -1}~s.minItems",
                "{\"type\": \"string\", \"maxLength\": 100000}~s.maxLength",
                "{\"type\": \"integer\", \"minimum\": 3, \"maximum\": 2}~s.maximum",
                "{\"enum\": []}~s.enum",
                "{\"enum\": [1], \"type\": \"string\"}~s.enum",
                "{\"anyOf\": []}~s.anyOf",
                "{\"$ref\": \"#/$defs/a\"}~s.$ref",
                "{\"$ref\": 3}~s.$ref",
                "{\"$ref\": \"#\"}~s",
                "{\"properties\": {\"a\": {\"$ref\": \"#\"}}, \"required\": [\"a\"]}~s",
                "{\"anyOf\": [{\"$ref\": \"#\"}, {\"type\": \"null\"}]}~s",
                "{\"type\": \"array\", \"items\": {\"type\": \"string\", \"maxLength\": 300}, \"maxItems\": 300}~s",
            })
    void whatIsWrongIsNamed(String schema, String path) {
        assertThatThrownBy(() -> grammar(schema)).isInstanceOfSatisfying(SchemaException.class, e -> {
            assertThat(e.path()).isEqualTo(path);
            assertThat(e.isUnsupported()).isFalse();
            assertThat(e).hasMessageStartingWith("'" + path + "' ");
        });
    }

    /** Whatever a schema is made of, its grammar is made, or refused, within bounds. */
    @ParameterizedTest
    @ValueSource(ints = {10, 100, 1_000, 5_000})
    void largeSchemas(int size) {
        ObjectNode schema = MAPPER.createObjectNode();
        ObjectNode properties = schema.putObject("properties");
        for (int i = 0; i < size; i++) {
            properties.putObject("property-" + i).put("type", "string");
        }
        ObjectNode values = MAPPER.createObjectNode();
        for (int i = 0; i < size; i++) {
            values.withArray("enum").add("value-" + i);
        }
        if (size <= 100) {
            grammar(values);
        }
        if (size <= 100) {
            grammar(schema);
        } else if (size >= 1_000) {
            assertThatThrownBy(() -> grammar(schema))
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("too large");
        }
        if (size >= 5_000) {
            assertThatThrownBy(() -> grammar(values))
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("too large");
        }
    }

    /** What a small text makes large: repeated alternatives, references behind references, a name letter by letter. */
    @Test
    void whatGrowsIsRefused() throws Exception {
        String alternatives = IntStream.range(0, 2_000)
                .mapToObj(i -> "{\"const\": " + i % 10 + "}")
                .collect(Collectors.joining(", "));
        assertThat(RandomText.isOf(grammar("{\"anyOf\": [" + alternatives + "]}"), "7"))
                .isTrue();
        String pairs = IntStream.range(0, 60)
                .mapToObj(i -> "{\"type\": \"object\", \"properties\": {\"p" + i + "\": {}}}")
                .collect(Collectors.joining(", "));
        StringBuilder chain = new StringBuilder("{\"$ref\": \"#/$defs/a0\", \"$defs\": {");
        for (int i = 0; i < 1_000; i++) {
            chain.append("\"a" + i + "\": {\"items\": {\"$ref\": \"#/$defs/a" + (i + 1) + "\"}}, ");
        }
        chain.append("\"a1000\": {}}}");
        for (String schema : List.of(
                "{\"minItems\": 4900, \"maxItems\": 4900, \"items\": {\"enum\": [" + numbers(1_000) + "]}}",
                "{\"minItems\": 4900, \"maxItems\": 4900, \"items\": {\"anyOf\": [" + pairs + "]}}",
                chain.toString(),
                "{\"properties\": {\"" + "n".repeat(30_000) + "\": {}}, \"additionalProperties\": true}",
                "{\"enum\": [" + numbers(1_001) + "]}")) {
            assertThatThrownBy(() -> grammar(schema))
                    .as(schema.substring(0, 60))
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("too large");
        }
    }

    private static String numbers(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    }

    /** As Pydantic writes a share. */
    @Test
    void numbersMayLieBetweenNeighbours() throws Exception {
        Grammar share = grammar("{\"type\": \"number\", \"exclusiveMinimum\": 0, \"exclusiveMaximum\": 1}");
        assertThat(RandomText.isOf(share, "0.25")).isTrue();
        for (String out : List.of("0", "1", "0.0", "1.0", "-0.5", "1.5")) {
            assertThat(RandomText.isOf(share, out)).as(out).isFalse();
        }
    }

    @Test
    void textsAreWrittenAsPythonDoes() throws Exception {
        Grammar grammar = grammar(
                "{\"properties\": {\"a\": {\"enum\": [[1, \"x\"]]}, \"b\": {\"type\": \"boolean\"}}, \"required\": [\"a\", \"b\"]}");
        assertThat(RandomText.isOf(grammar, "{\"a\": [1, \"x\"], \"b\": true}")).isTrue();
        assertThat(RandomText.isOf(grammar, "{\"a\":[1,\"x\"],\"b\":true}")).isFalse();
        assertThat(RandomText.isOf(grammar, "{\"b\": true, \"a\": [1, \"x\"]}")).isFalse();
    }

    /** Names beyond those that are described are none of theirs. */
    @Test
    void otherNamesAreOthers() throws Exception {
        Grammar grammar = grammar("{\"properties\": {\"na\": {\"type\": \"null\"}, \"name\": {\"type\": \"null\"}},"
                + " \"additionalProperties\": {\"type\": \"boolean\"}}");
        for (String name : new String[] {"n", "nam", "names", "x", "é", "nä"}) {
            assertThat(RandomText.isOf(grammar, "{\"" + name + "\": true}"))
                    .as(name)
                    .isTrue();
        }
        for (String name : new String[] {"", "na", "name", "n\\u0061", "a\\\"b"}) {
            assertThat(RandomText.isOf(grammar, "{\"" + name + "\": true}"))
                    .as(name)
                    .isFalse();
        }
        assertThat(RandomText.isOf(grammar, "{\"name\": null, \"n\": true, \"x\": false}"))
                .isTrue();
        assertThat(RandomText.isOf(grammar, "{}")).isTrue();
    }

    private static Grammar grammar(String schema) throws Exception {
        return grammar(MAPPER.readTree(schema));
    }

    private static Grammar grammar(JsonNode schema) {
        return StructuredText.grammar(new Format.Fitting(schema, "s"), Calls.NONE, "s")
                .orElseThrow();
    }

    static JsonSchema validator(JsonNode schema) {
        SchemaValidatorsConfig config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema, config);
    }
}
