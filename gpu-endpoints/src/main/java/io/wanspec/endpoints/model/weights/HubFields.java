package io.wanspec.endpoints.model.weights;

import com.fasterxml.jackson.databind.JsonNode;
import io.wanspec.endpoints.model.ModelLoadException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Refuses what a {@code config.json} says about the arithmetic and the program does not compute. What transformers' Llama reads
 * is known by name; other fields are refused if their names speak of arithmetic. Neutral values always pass.
 */
final class HubFields {
    /** Read where the dimensions and the rotary positions are. */
    private static final Set<String> READ = Set.of(
            "rope_theta",
            "rope_scaling",
            "rope_parameters",
            "rms_norm_eps",
            "original_max_position_embeddings",
            "wanspec");

    /** How the file came about, and how many layers a window is for: the window itself is checked. */
    private static final Set<String> HARMLESS = Set.of("_pre_quantization_dtype", "max_window_layers");

    /** What every Llama does: true says nothing new, false another arithmetic. */
    private static final Set<String> ALWAYS = Set.of("use_rms_norm", "scale_attn_weights");

    private static final String WINDOW = "sliding_window";
    private static final String WINDOW_USED = "use_sliding_window";

    /** A field that is understood: the values that mean what the program computes, and how to name them. */
    private record Rule(Predicate<JsonNode> supports, String supported) {}

    private static final Map<String, Rule> RULES = Map.of(
            "model_type", is("llama"),
            "architectures", new Rule(json -> all(json, "LlamaForCausalLM"), "[\"LlamaForCausalLM\"]"),
            // "swish" is an older name of the same function.
            "hidden_act", new Rule(json -> isText(json, "silu") || isText(json, "swish"), "\"silu\""),
            "attention_bias", new Rule(json -> false, "false"),
            "mlp_bias", new Rule(json -> false, "false"),
            "partial_rotary_factor", new Rule(json -> json.asDouble() == 1, "1"),
            "layer_types", new Rule(json -> all(json, "full_attention"), "\"full_attention\""),
            "quantization_config", new Rule(json -> false, "a checkpoint that is not quantised"),
            "auto_map", new Rule(json -> !json.toString().contains("\"AutoModel"), "a model without code of its own"),
            "is_encoder_decoder", new Rule(json -> false, "false"));

    /** Parts of names that speak of arithmetic; transformers' Llama reads none of them, other models' code does. */
    private static final List<String> SUSPICIOUS = List.of(
            "rope",
            "rotary",
            "alibi",
            "bias",
            "window",
            "chunk",
            "softcap",
            "multiplier",
            "scal",
            "norm",
            "expert",
            "moe",
            "residual",
            "clip",
            "clamp",
            "quant",
            "lora",
            "adapter",
            "pruned",
            "cross_attention");

    private HubFields() {}

    /** @throws ModelLoadException that names the first field that is not supported */
    static void check(JsonNode config) {
        boolean windowed = config.path(WINDOW_USED).asBoolean(true);
        config.properties().forEach(entry -> {
            String field = entry.getKey();
            if (field.equals(WINDOW)) {
                checkWindow(entry.getValue(), windowed, config.path("max_position_embeddings"));
            } else if (ALWAYS.contains(field)) {
                checkAlways(field, entry.getValue());
            } else if (!READ.contains(field) && !HARMLESS.contains(field) && !field.equals(WINDOW_USED)) {
                check(field, entry.getValue());
            }
        });
    }

    private static void check(String field, JsonNode value) {
        Rule rule = RULES.get(field);
        if (isNeutral(value)) {
            return;
        }
        if (rule != null && !rule.supports().test(value)) {
            throw Unsupported.value(field, value, rule.supported());
        }
        if (rule == null && isSuspicious(field) && !isNeutralScale(field, value)) {
            throw Unsupported.field(field, value);
        }
    }

    /** A window as long as the context hides nothing. */
    private static void checkWindow(JsonNode window, boolean used, JsonNode context) {
        if (used && !isNeutral(window) && window.asLong() < context.asLong(Long.MAX_VALUE)) {
            throw Unsupported.value(WINDOW, window, "null");
        }
    }

    private static void checkAlways(String field, JsonNode value) {
        if (!value.isNull() && !value.asBoolean()) {
            throw Unsupported.value(field, value, "true");
        }
    }

    private static boolean isSuspicious(String field) {
        String lower = field.toLowerCase(Locale.ROOT);
        return SUSPICIOUS.stream().anyMatch(lower::contains);
    }

    private static boolean isNeutral(JsonNode value) {
        return value.isNull()
                || (value.isBoolean() && !value.asBoolean())
                || (value.isContainerNode() && value.isEmpty())
                || (value.isTextual() && value.asText().isEmpty());
    }

    /** Scales of 1 and sizes of 0 change nothing. */
    private static boolean isNeutralScale(String field, JsonNode value) {
        boolean scale = field.contains("multiplier") || field.contains("scal");
        return value.isNumber() && value.asDouble() == (scale ? 1 : 0);
    }

    private static Rule is(String text) {
        return new Rule(json -> isText(json, text), "\"" + text + "\"");
    }

    private static boolean isText(JsonNode json, String text) {
        return json.isTextual() && json.asText().equals(text);
    }

    private static boolean all(JsonNode list, String text) {
        boolean all = list.isArray();
        for (JsonNode entry : list) {
            all &= isText(entry, text);
        }
        return all;
    }
}
