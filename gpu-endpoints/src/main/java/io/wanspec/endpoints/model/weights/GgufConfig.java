package io.wanspec.endpoints.model.weights;

import io.wanspec.endpoints.model.ModelLoadException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a GGUF file's metadata says about the arithmetic. Under {@code llama.} everything is a hyperparameter, so what is not
 * known there must be neutral. Defaults are llama.cpp's.
 */
final class GgufConfig {
    private static final String PREFIX = "llama.";
    private static final String HEADS = "llama.attention.head_count";
    private static final String KV_HEADS = "llama.attention.head_count_kv";
    private static final String KEY_LENGTH = "llama.attention.key_length";
    private static final String VALUE_LENGTH = "llama.attention.value_length";
    private static final String ROTARY_LENGTH = "llama.rope.dimension_count";
    private static final String EPSILON = "llama.attention.layer_norm_rms_epsilon";
    private static final String THETA = "llama.rope.freq_base";
    private static final String CONTEXT = "llama.context_length";
    private static final String WINDOW = "llama.attention.sliding_window";
    private static final String SCALING = "llama.rope.scaling.type";

    /** Read below, or said about how the file came about. */
    private static final Set<String> KNOWN = Set.of(
            HEADS,
            KV_HEADS,
            KEY_LENGTH,
            VALUE_LENGTH,
            ROTARY_LENGTH,
            EPSILON,
            THETA,
            CONTEXT,
            WINDOW,
            SCALING,
            "llama.block_count",
            "llama.embedding_length",
            "llama.feed_forward_length",
            "llama.vocab_size",
            "llama.tensor_data_layout",
            "llama.rope.scaling.original_context_length",
            "llama.rope.scaling.finetuned");

    /** Factors of which 1 and 0, llama.cpp's "not set", change nothing. */
    private static final Set<String> FACTORS = Set.of(
            "llama.rope.scaling.factor",
            "llama.rope.scaling.attn_factor",
            "llama.rope.scale_linear",
            "llama.logit_scale",
            "llama.residual_scale",
            "llama.embedding_scale");

    /** Only 1 changes nothing. */
    private static final Set<String> ONES = Set.of("llama.attention.causal");

    private final Map<String, Object> metadata;

    private GgufConfig(Map<String, Object> metadata) {
        this.metadata = metadata;
    }

    /** @throws ModelLoadException that names what is missing, or what would change the arithmetic and is not computed here */
    static LlamaConfig read(Map<String, Object> metadata) {
        GgufConfig config = new GgufConfig(metadata);
        config.check();
        return config.dimensions();
    }

    private void check() {
        checkText("general.architecture", Set.of("llama"), "none");
        checkText("general.type", Set.of("model"), "model");
        // "linear" is llama.cpp's word for a factor, which must be 1 then.
        checkText(SCALING, Set.of("none", "linear"), "none");
        metadata.forEach((key, value) -> {
            if (key.startsWith(PREFIX) && !KNOWN.contains(key) && !isNeutral(key, value)) {
                throw Unsupported.field(key, value);
            }
        });
    }

    private void checkText(String key, Set<String> supported, String missing) {
        Object value = metadata.getOrDefault(key, missing);
        if (!(value instanceof String text && supported.contains(text))) {
            throw Unsupported.value(key, value, String.join(" or ", new TreeSet<>(supported)));
        }
    }

    private static boolean isNeutral(String key, Object value) {
        return switch (value) {
            case Number number -> isNeutral(key, number.doubleValue());
            case String text -> text.isEmpty();
            case List<?> list -> list.isEmpty();
            default -> false;
        };
    }

    private static boolean isNeutral(String key, double value) {
        if (ONES.contains(key)) {
            return value == 1;
        }
        return value == 0 || (value == 1 && FACTORS.contains(key));
    }

    private LlamaConfig dimensions() {
        int heads = integer(HEADS);
        int hidden = integer("llama.embedding_length");
        int vocabulary = metadata.get("tokenizer.ggml.tokens") instanceof List<?> list ? list.size() : 0;
        int context = integer(CONTEXT);
        int window = integer(WINDOW, 0);
        if (window != 0 && window < context) {
            throw Unsupported.value(WINDOW, window, "0");
        }
        return new LlamaConfig(
                integer("llama.block_count"),
                hidden,
                heads,
                integer(KV_HEADS, heads),
                headWidth(hidden / Math.max(1, heads)),
                integer("llama.feed_forward_length"),
                vocabulary,
                vocabulary,
                vocabulary,
                context,
                real(THETA, 10_000),
                real(EPSILON, 0));
    }

    /** Keys, values and what turns of them must be equally wide. */
    private int headWidth(int missing) {
        int width = integer(KEY_LENGTH, missing);
        for (String key : List.of(VALUE_LENGTH, ROTARY_LENGTH)) {
            if (integer(key, width) != width) {
                throw Unsupported.value(key, integer(key), width + ", the width of a head,");
            }
        }
        return width;
    }

    private int integer(String key, int missing) {
        return metadata.containsKey(key) ? integer(key) : missing;
    }

    private int integer(String key) {
        return switch (metadata.get(key)) {
            case Number number -> number.intValue();
            case null -> throw new ModelLoadException("the weights lack the metadata " + key);
            case Object other -> throw Unsupported.value(key, other, "one number for all layers");
        };
    }

    /** The decimal that the float was written as: 1e-5f is meant to be 1e-5. */
    private double real(String key, double missing) {
        return metadata.get(key) instanceof Number number ? Double.parseDouble(number.toString()) : missing;
    }
}
