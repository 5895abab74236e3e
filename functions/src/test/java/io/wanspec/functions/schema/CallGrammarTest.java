package io.wanspec.functions.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.grammar.Grammar;
import io.wanspec.functions.schema.StructuredText.Calls;
import io.wanspec.functions.schema.StructuredText.Format;
import io.wanspec.testing.SeededTest;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CallGrammarTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String CALL = "<tool_call>\n{\"name\": \"f\", \"arguments\": {\"n\": 1}}\n</tool_call>";
    private static final String NOTHING = "<tool_call>\n{\"name\": \"g\", \"arguments\": {}}\n</tool_call>";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Hello",
                "a < b",
                "<tool_",
                "<<tool_call",
                "<tool<tool_calx>",
                "Let me look.\n" + CALL,
                CALL,
                CALL + "\n" + NOTHING,
                "<" + CALL,
                "<tool_call" + CALL
            })
    void ofChoiceAuto(String text) {
        assertThat(RandomText.isOf(grammar(false, 2), text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<tool_call>",
                "x<tool_call>y",
                CALL + "\n",
                CALL + " and more",
                CALL + "\n" + CALL + "\n" + CALL,
                "<tool_call>\n{\"name\": \"h\", \"arguments\": {}}\n</tool_call>",
                "<tool_call>\n{\"name\": \"f\", \"arguments\": {\"n\": true}}\n</tool_call>"
            })
    void notOfChoiceAuto(String text) {
        assertThat(RandomText.isOf(grammar(false, 2), text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Hello", "x" + CALL, CALL + "\n" + CALL})
    void whatIsRequiredIsACallAndNothingElse(String text) {
        assertThat(RandomText.isOf(grammar(true, 1), text)).isFalse();
        assertThat(RandomText.isOf(grammar(true, 1), CALL)).isTrue();
        assertThat(RandomText.isOf(grammar(true, 1), NOTHING)).isTrue();
    }

    @SeededTest(tries = 60)
    void argumentsFitTheirSchemas(Random random) throws Exception {
        ObjectNode parameters = RandomSchema.object(random);
        Grammar grammar = grammarOf(parameters);
        String text = RandomText.write(grammar, random);
        String arguments = text.substring(
                "<tool_call>\n{\"name\": \"f\", \"arguments\": ".length(), text.length() - "}\n</tool_call>".length());
        assertThat(SchemaGrammarTest.validator(parameters).validate(MAPPER.readTree(arguments)))
                .as(parameters + "\n" + text)
                .isEmpty();
    }

    /** Their end is found by their brackets, and clients read an object. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\": \"string\"}",
                "{\"type\": [\"object\", \"null\"]}",
                "{\"enum\": [1]}",
                "{\"anyOf\": [{\"type\": \"object\"}, {\"type\": \"null\"}]}",
                "{\"$ref\": \"#\"}",
                "{\"$ref\": \"#/$defs/a\", \"$defs\": {\"a\": {\"type\": \"integer\"}}}"
            })
    void argumentsAreObjects(String parameters) throws Exception {
        JsonNode schema = MAPPER.readTree(parameters);
        assertThatThrownBy(() -> grammarOf(schema))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("must describe an object");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"type\": \"object\"}",
                "{\"properties\": {}}",
                "{\"anyOf\": [{\"type\": \"object\"}]}",
                "{\"$ref\": \"#/$defs/a\", \"$defs\": {\"a\": {\"type\": \"object\"}}}"
            })
    void anObjectOfAnyKind(String parameters) throws Exception {
        Grammar grammar = grammarOf(MAPPER.readTree(parameters));
        assertThat(RandomText.isOf(grammar, CALL.replace("\"n\": 1", ""))).isTrue();
        assertThat(RandomText.isOf(grammar, CALL.replace("{\"n\": 1}", "12"))).isFalse();
    }

    private static Grammar grammarOf(JsonNode parameters) {
        Calls calls = new Calls(List.of(new Tool("f", parameters, "p", MAPPER.createObjectNode())), true, 1);
        return StructuredText.grammar(new Format.Any(), calls, "tools").orElseThrow();
    }

    private static Grammar grammar(boolean required, int most) {
        ObjectNode parameters = MAPPER.createObjectNode();
        parameters.putObject("properties").putObject("n").put("type", "integer");
        parameters.putArray("required").add("n");
        Calls calls = new Calls(
                List.of(
                        new Tool("f", parameters, "p", MAPPER.createObjectNode()),
                        new Tool("g", null, "p", MAPPER.createObjectNode())),
                required,
                most);
        return StructuredText.grammar(new Format.Any(), calls, "tools").orElseThrow();
    }
}
