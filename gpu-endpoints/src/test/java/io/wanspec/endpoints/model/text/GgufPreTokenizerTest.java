package io.wanspec.endpoints.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each of llama.cpp's names cuts a text as the model's own {@code tokenizer.json} does. */
class GgufPreTokenizerTest {
    private static final List<String> MERGES = List.of("1 2", "12 3", "123 4", "' S", "! \u010A");

    @Test
    void llama3CutsNumbersShortensInAnyCaseAndKeepsLineEnds() {
        assertThat(pieces("llama-bpe", "12345")).containsExactly("123", "4", "5");
        assertThat(pieces("llama-bpe", "IT'S!\n")).containsExactly("I", "T", "'S", "!\n");
        assertThat(pieces("gpt-2", "12345")).containsExactly("1234", "5");
        assertThat(pieces("smollm", "123")).containsExactly("1", "2", "3");
        assertThat(pieces("default", "!\n")).containsExactly("!", "\n");
    }

    @Test
    void llama3TakesAKnownWordWhole() {
        assertThat(pieces("llama-bpe", "xyz")).containsExactly("xyz");
        assertThat(pieces("gpt-2", "xyz")).containsExactly("x", "y", "z");
    }

    @Test
    void onlyLlama3BeginsUnaskedWithItsToken() {
        assertThat(GgufPreTokenizer.named("llama-bpe").addsBos()).isTrue();
        assertThat(GgufPreTokenizer.named("smollm").addsBos()).isFalse();
        assertThatThrownBy(() -> GgufPreTokenizer.named("qwen2")).hasMessageContaining("qwen2");
    }

    private static List<String> pieces(String pre, String text) {
        List<String> tokens = new ArrayList<>();
        for (int value = 0; value < 256; value++) {
            tokens.add(String.valueOf(ByteLevel.standIn(value)));
        }
        MERGES.forEach(merge -> tokens.add(merge.replace(" ", "")));
        tokens.add("xyz");
        String json = GgufPreTokenizer.named(pre).json(tokens, MERGES);
        Vocabulary vocabulary = new Vocabulary(tokens, Set.of(), Set.of());
        try (HubTextCodec codec = new TokenizerFiles(vocabulary, json, "", "", "", false).codec()) {
            return Arrays.stream(codec.encode(text).toArray())
                    .mapToObj(codec.detokenizer()::piece)
                    .toList();
        }
    }
}
