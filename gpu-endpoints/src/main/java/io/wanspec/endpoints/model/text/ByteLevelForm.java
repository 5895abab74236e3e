package io.wanspec.endpoints.model.text;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Whether a {@code tokenizer.json} is byte-level BPE. SentencePiece models (Llama 1 and 2, TinyLlama) have the type BPE as
 * well, but write spaces as U+2581 and begin every text with one: read as bytes they would load, and write wrong text.
 */
final class ByteLevelForm {
    private static final String BYTE_LEVEL = "ByteLevel";

    private ByteLevelForm() {}

    /** @throws io.wanspec.endpoints.model.ModelLoadException that names the first step that is of another form */
    static void check(JsonNode tokenizer) {
        JsonNode model = tokenizer.path("model");
        if (!model.path("type").asText().equals("BPE")) {
            throw TokenizerFiles.unsupported("model " + model.path("type"));
        }
        if (model.path("byte_fallback").asBoolean()) {
            throw unsupported("model.byte_fallback", model.path("byte_fallback"));
        }
        checkStep("pre_tokenizer", tokenizer.path("pre_tokenizer"), "pretokenizers");
        checkStep("decoder", tokenizer.path("decoder"), "decoders");
    }

    /** The step must be byte-level, or a sequence that has such a step. */
    private static void checkStep(String field, JsonNode step, String steps) {
        boolean byteLevel = isByteLevel(step);
        for (JsonNode one : step.path(steps)) {
            byteLevel |= isByteLevel(one);
        }
        if (!byteLevel) {
            throw unsupported(field, step.path("type"));
        }
    }

    private static boolean isByteLevel(JsonNode step) {
        return step.path("type").asText().equals(BYTE_LEVEL);
    }

    private static RuntimeException unsupported(String field, JsonNode value) {
        String named = value.isMissingNode() ? "none" : value.toString();
        return TokenizerFiles.unsupported(field + " is " + named
                + "; only byte-level BPE is read, SentencePiece models (Llama 2, TinyLlama) are not");
    }
}
