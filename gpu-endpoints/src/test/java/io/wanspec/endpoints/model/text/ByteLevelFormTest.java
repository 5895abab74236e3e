package io.wanspec.endpoints.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.ModelLoadException;
import io.wanspec.endpoints.tiny.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tokenizer that is no byte-level BPE is refused by name; it would write wrong text. */
class ByteLevelFormTest {
    private static final JsonMapper JSON = new JsonMapper();

    /** As Llama 2 and TinyLlama have them. */
    private static final String SENTENCE_PIECE_NORMALIZER = """
            {"type": "Sequence", "normalizers": [{"type": "Prepend", "prepend": "\u2581"},
             {"type": "Replace", "pattern": {"String": " "}, "content": "\u2581"}]}""";

    private static final String SENTENCE_PIECE_DECODER = """
            {"type": "Sequence", "decoders": [{"type": "Replace", "pattern": {"String": "\u2581"}, "content": " "},
             {"type": "ByteFallback"}, {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]}""";

    /** As Llama 3 has it. */
    private static final String LLAMA3_STEPS = """
            {"type": "Sequence", "pretokenizers": [
             {"type": "Split", "pattern": {"Regex": "[a-z]+"}, "behavior": "Isolated", "invert": false},
             {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false}]}""";

    @TempDir
    Path folder;

    @Test
    void aSentencePieceFolderIsRefused() throws IOException {
        ObjectNode tokenizer = tokenizer();
        tokenizer.set("normalizer", JSON.readTree(SENTENCE_PIECE_NORMALIZER));
        tokenizer.putNull("pre_tokenizer").set("decoder", JSON.readTree(SENTENCE_PIECE_DECODER));
        tokenizer.withObject("/model").put("byte_fallback", true);
        assertRefused(tokenizer, "byte_fallback");
        tokenizer.withObject("/model").put("byte_fallback", false);
        assertRefused(tokenizer, "pre_tokenizer");
    }

    @Test
    void eachStepMustBeByteLevel() throws IOException {
        assertRefused(tokenizer().without("pre_tokenizer"), "pre_tokenizer is none");
        assertRefused(tokenizer().putNull("decoder"), "decoder");
        ObjectNode other = tokenizer();
        other.putObject("pre_tokenizer").put("type", "Metaspace");
        assertRefused(other, "Metaspace");
        other = tokenizer();
        other.withObject("/model").put("type", "Unigram");
        assertRefused(other, "Unigram");
    }

    @Test
    void aSequenceMayHoldTheStep() throws IOException {
        ObjectNode tokenizer = tokenizer();
        tokenizer.set("pre_tokenizer", JSON.readTree(LLAMA3_STEPS));
        tokenizer.withObject("/model").put("byte_fallback", false);
        write(tokenizer);
        try (HubTextCodec codec = FolderTokenizer.read(folder).codec()) {
            assertThat(codec.encode("a b")).isEqualTo(Tokens.of('a', ' ', 'b'));
        }
    }

    private void assertRefused(ObjectNode tokenizer, String named) throws IOException {
        write(tokenizer);
        assertThatThrownBy(() -> FolderTokenizer.read(folder))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining(named);
    }

    /** The tiny model's own. */
    private ObjectNode tokenizer() throws IOException {
        TinyModel.writeTarget(folder, 1);
        return (ObjectNode) JSON.readTree(folder.resolve("tokenizer.json").toFile());
    }

    private void write(ObjectNode tokenizer) throws IOException {
        JSON.writeValue(folder.resolve("tokenizer.json").toFile(), tokenizer);
    }
}
