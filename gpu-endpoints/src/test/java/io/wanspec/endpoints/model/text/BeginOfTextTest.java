package io.wanspec.endpoints.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.invoke.ChatMessage;
import io.wanspec.endpoints.tiny.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models such as Llama 3 expect a token in front of every text; who adds it differs. */
class BeginOfTextTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int START = 257;

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        TinyModel.writeTarget(folder, 1);
    }

    @Test
    void theTemplateMayAddIt() throws IOException {
        write(
                "tokenizer_config.json",
                settings()
                        .put("bos_token", "<|start|>")
                        .put(
                                "chat_template",
                                "{{ bos_token }}{% for m in messages %}{{ m['content'] + eos_token }}{% endfor %}"));
        try (HubTextCodec codec = FolderTokenizer.read(folder).codec()) {
            assertThat(codec.render(List.of(new ChatMessage("user", "a")))).isEqualTo(Tokens.of(START, 'a', 256));
            assertThat(codec.encode("a")).isEqualTo(Tokens.of('a'));
        }
    }

    @Test
    void whatFollowsEncodingMayAddIt() throws IOException {
        write("tokenizer_config.json", settings().put("bos_token", "<|start|>"));
        ObjectNode tokenizer = read("tokenizer.json");
        ObjectNode after = tokenizer.putObject("post_processor").put("type", "Sequence");
        ObjectNode template = after.putArray("processors").addObject().put("type", "TemplateProcessing");
        template.putArray("single")
                .addObject()
                .putObject("SpecialToken")
                .put("id", "<|start|>")
                .put("type_id", 0);
        write("tokenizer.json", tokenizer);
        assertThat(encoded("a")).isEqualTo(Tokens.of(START, 'a'));
        write("tokenizer_config.json", read("tokenizer_config.json").put("add_bos_token", false));
        assertThat(encoded("a")).isEqualTo(Tokens.of('a'));
    }

    @Test
    void aFieldMaySaySo() throws IOException {
        write(
                "tokenizer_config.json",
                settings()
                        .put("add_bos_token", true)
                        .set("bos_token", JSON.createObjectNode().put("content", "<|start|>")));
        assertThat(encoded("a")).isEqualTo(Tokens.of(START, 'a'));
    }

    private Tokens encoded(String text) {
        try (HubTextCodec codec = FolderTokenizer.read(folder).codec()) {
            return codec.encode(text);
        }
    }

    private ObjectNode settings() throws IOException {
        return read("tokenizer_config.json");
    }

    private ObjectNode read(String name) throws IOException {
        return (ObjectNode) JSON.readTree(folder.resolve(name).toFile());
    }

    private void write(String name, ObjectNode json) throws IOException {
        JSON.writeValue(folder.resolve(name).toFile(), json);
    }
}
