package io.wanspec.endpoints.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.contracts.invoke.ChatMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A rendered prompt is the one that Jinja makes, to the space. */
class TemplateWhitespaceTest {
    /** The parts of Llama 3's template that are about text. */
    private static final String LLAMA3 = """
            {{- bos_token }}
            {%- if messages[0]['role'] == 'system' %}
                {%- set system_message = messages[0]['content']|trim %}
                {%- set messages = messages[1:] %}
            {%- else %}
                {%- set system_message = "" %}
            {%- endif %}

            {#- System message #}
            {{- "<|start_header_id|>system<|end_header_id|>\\n\\n" }}
            {{- system_message }}
            {{- "<|eot_id|>" }}
            {%- for message in messages %}
                {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n'+ message['content'] | trim + '<|eot_id|>' }}
            {%- endfor %}
            {%- if add_generation_prompt %}
                {{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}
            {%- endif %}
            """;

    @Test
    void randomTemplatesAreRenderedAsJinjaRendersThem() throws IOException {
        for (JsonNode one : golden("templates.json")) {
            String template = one.path("template").asText();
            assertThat(rendered(template))
                    .as(template)
                    .isEqualTo(one.path("text").asText());
        }
    }

    @Test
    void llama3() {
        ChatMessage system = new ChatMessage("system", "Be kind.");
        ChatMessage user = new ChatMessage("user", "Hi");
        assertThat(rendered(LLAMA3, system, user)).isEqualTo("""
                        B<|start_header_id|>system<|end_header_id|>

                        Be kind.<|eot_id|><|start_header_id|>user<|end_header_id|>

                        Hi<|eot_id|><|start_header_id|>assistant<|end_header_id|>

                        """);
    }

    @Test
    void llama3TrimsWhatIsPadded() {
        ChatMessage system = new ChatMessage("system", "\n Be\u00a0kind.\u3000");
        ChatMessage user = new ChatMessage("user", " \tHi \n there\r\n");
        assertThat(rendered(LLAMA3, system, user))
                .isEqualTo(rendered(
                        LLAMA3, new ChatMessage("system", "Be\u00a0kind."), new ChatMessage("user", "Hi \n there")));
        assertThat(rendered(LLAMA3, new ChatMessage("user", " \n"))).contains("user<|end_header_id|>\n\n<|eot_id|>");
    }

    @Test
    void randomContentsAreTrimmedAsJinjaTrimsThem() throws IOException {
        for (JsonNode one : golden("padded.json")) {
            assertThat(rendered(
                            one.path("template").asText(),
                            new ChatMessage("user", one.path("content").asText())))
                    .as(one.toString())
                    .isEqualTo(one.path("text").asText());
        }
    }

    @Test
    void signsAndCommentsGoQuotesStay() {
        assertThat(TemplateWhitespace.apply("a  {{- '-}} {#' + \"\\\"%}\" -}}  b"))
                .isEqualTo("a{{ '-}} {#' + \"\\\"%}\" }}b");
        assertThat(TemplateWhitespace.apply("  {%+ if x +%}\n  {# it's #}\n{% endif %}"))
                .isEqualTo("  {% if x %}\n{% endif %}");
        assertThat(TemplateWhitespace.apply("{{ {'a': {'b': 1}}['a'] }}")).isEqualTo("{{ {'a': {'b': 1}}['a'] }}");
        assertThat(TemplateWhitespace.apply("a {{ never closed")).isEqualTo("a {{ never closed");
    }

    private static JsonNode golden(String name) throws IOException {
        try (InputStream in = TemplateWhitespaceTest.class.getResourceAsStream("/golden-llama/" + name)) {
            return new JsonMapper().readTree(in);
        }
    }

    private static String rendered(String template, ChatMessage... messages) {
        return new ChatTemplate(template)
                .render(List.of(messages), "B", "E").stream()
                        .map(ChatTemplate.Part::text)
                        .collect(Collectors.joining());
    }
}
