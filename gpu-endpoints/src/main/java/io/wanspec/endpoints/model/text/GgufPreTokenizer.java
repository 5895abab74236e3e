package io.wanspec.endpoints.model.text;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** How a GGUF file's text is cut before it is merged. The file only names it, with llama.cpp's word. */
enum GgufPreTokenizer {
    GPT2,
    SMOLLM,
    LLAMA3;

    /** As Llama 3's {@code tokenizer.json} has it. */
    private static final String LLAMA3_WORDS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
            + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    /** @throws io.wanspec.endpoints.model.ModelLoadException for a name that is not known here */
    static GgufPreTokenizer named(String name) {
        return switch (name) {
            case "gpt-2", "default" -> GPT2;
            case "smollm" -> SMOLLM;
            case "llama-bpe" -> LLAMA3;
            default -> throw TokenizerFiles.unsupported("pre-tokenizer " + name + "; use a folder with tokenizer.json");
        };
    }

    /** Whether a text begins with the begin token where the file does not say. */
    boolean addsBos() {
        return this == LLAMA3;
    }

    /** The whole tokenizer in the form of {@code tokenizer.json}. */
    String json(List<String> tokens, List<String> merges) {
        ObjectNode root = new JsonMapper().createObjectNode();
        root.put("version", "1.0");
        root.putNull("truncation");
        root.putNull("padding");
        root.putArray("added_tokens");
        root.putNull("normalizer");
        addSteps(root.putObject("pre_tokenizer").put("type", "Sequence").putArray("pretokenizers"));
        root.putNull("post_processor");
        byteLevel(root.putObject("decoder"), true);
        addModel(root.putObject("model"), tokens, merges);
        return root.toString();
    }

    private void addSteps(ArrayNode steps) {
        switch (this) {
            case GPT2 -> {}
            case SMOLLM -> steps.addObject().put("type", "Digits").put("individual_digits", true);
            case LLAMA3 -> {
                ObjectNode split = steps.addObject().put("type", "Split");
                split.putObject("pattern").put("Regex", LLAMA3_WORDS);
                split.put("behavior", "Isolated").put("invert", false);
            }
        }
        byteLevel(steps.addObject(), this != LLAMA3);
    }

    /** Llama 3 takes a word that the vocabulary holds whole, whatever the merges say. */
    private void addModel(ObjectNode model, List<String> tokens, List<String> merges) {
        model.put("type", "BPE").put("fuse_unk", false).put("byte_fallback", false);
        model.put("ignore_merges", this == LLAMA3);
        ObjectNode ids = model.putObject("vocab");
        for (int id = 0; id < tokens.size(); id++) {
            ids.put(tokens.get(id), id);
        }
        ArrayNode pairs = model.putArray("merges");
        merges.forEach(pairs::add);
    }

    private static void byteLevel(ObjectNode node, boolean splitsWords) {
        node.put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", splitsWords);
    }
}
