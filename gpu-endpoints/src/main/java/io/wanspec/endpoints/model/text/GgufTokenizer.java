package io.wanspec.endpoints.model.text;

import io.wanspec.endpoints.model.weights.GgufCheckpoint;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Puts a GGUF file's byte-level BPE vocabulary and merges into the form of {@code tokenizer.json}. */
public final class GgufTokenizer {
    private static final int CONTROL = 3;

    private GgufTokenizer() {}

    public static TokenizerFiles read(GgufCheckpoint file) {
        if (!"gpt2".equals(file.metadata("tokenizer.ggml.model").orElse(""))) {
            throw TokenizerFiles.unsupported(
                    "model " + file.metadata("tokenizer.ggml.model").orElse("(none)"));
        }
        List<String> tokens = strings(file, "tokenizer.ggml.tokens");
        Vocabulary vocabulary = vocabulary(file, tokens);
        String template = (String) file.metadata("tokenizer.chat_template").orElse("");
        GgufPreTokenizer pre = GgufPreTokenizer.named(
                (String) file.metadata("tokenizer.ggml.pre").orElse("default"));
        boolean addsBos = file.metadata("tokenizer.ggml.add_bos_token")
                .orElse(pre.addsBos() ? 1 : 0)
                .equals(1);
        return new TokenizerFiles(
                vocabulary,
                pre.json(tokens, strings(file, "tokenizer.ggml.merges")),
                template,
                name(file, tokens, "bos"),
                name(file, tokens, "eos"),
                addsBos);
    }

    private static Vocabulary vocabulary(GgufCheckpoint file, List<String> tokens) {
        Set<Integer> special = new HashSet<>();
        Set<Integer> ends = new HashSet<>();
        List<?> types = (List<?>) file.metadata("tokenizer.ggml.token_type").orElse(List.of());
        for (int id = 0; id < types.size(); id++) {
            if (types.get(id).equals(CONTROL)) {
                special.add(id);
                if (Vocabulary.isUsualEnd(tokens.get(id))) {
                    ends.add(id);
                }
            }
        }
        if (id(file, "eos") >= 0) {
            ends.add(id(file, "eos"));
        }
        return new Vocabulary(tokens, special, ends);
    }

    private static int id(GgufCheckpoint file, String name) {
        return file.metadata("tokenizer.ggml." + name + "_token_id").orElse(-1) instanceof Integer id ? id : -1;
    }

    private static String name(GgufCheckpoint file, List<String> tokens, String name) {
        int id = id(file, name);
        return id >= 0 && id < tokens.size() ? tokens.get(id) : "";
    }

    private static List<String> strings(GgufCheckpoint file, String key) {
        return ((List<?>) file.metadata(key).orElse(List.of()))
                .stream().map(String::valueOf).toList();
    }
}
