package io.wanspec.endpoints.model.text;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
        boolean addsBos =
                file.metadata("tokenizer.ggml.add_bos_token").orElse(0).equals(1);
        return new TokenizerFiles(
                vocabulary,
                json(file, tokens),
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

    private static String json(GgufCheckpoint file, List<String> tokens) {
        ObjectNode root = new JsonMapper().createObjectNode();
        root.put("version", "1.0");
        root.putNull("truncation");
        root.putNull("padding");
        root.putArray("added_tokens");
        root.putNull("normalizer");
        ArrayNode steps =
                root.putObject("pre_tokenizer").put("type", "Sequence").putArray("pretokenizers");
        addPreTokenizers(steps, (String) file.metadata("tokenizer.ggml.pre").orElse("default"));
        root.putNull("post_processor");
        byteLevel(root.putObject("decoder"));
        ObjectNode model = root.putObject("model");
        model.put("type", "BPE").put("fuse_unk", false).put("byte_fallback", false);
        ObjectNode ids = model.putObject("vocab");
        for (int id = 0; id < tokens.size(); id++) {
            ids.put(tokens.get(id), id);
        }
        ArrayNode merges = model.putArray("merges");
        strings(file, "tokenizer.ggml.merges").forEach(merges::add);
        return root.toString();
    }

    /** The names are llama.cpp's; each stands for what the model's own pre-tokenizer does. */
    private static void addPreTokenizers(ArrayNode steps, String name) {
        switch (name) {
            case "smollm" -> steps.addObject().put("type", "Digits").put("individual_digits", true);
            case "gpt-2", "default" -> {}
            default -> throw TokenizerFiles.unsupported("pre-tokenizer " + name + "; use a folder with tokenizer.json");
        }
        byteLevel(steps.addObject());
    }

    private static void byteLevel(ObjectNode node) {
        node.put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", true);
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
