package io.wanspec.endpoints.model.weights;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The names of a Llama's tensors on the model hub. */
final class LlamaTensors {
    static final String EMBEDDING = "model.embed_tokens.weight";
    static final String HEAD = "lm_head.weight";
    private static final List<String> PARTS = List.of(
            "input_layernorm",
            "self_attn.q_proj",
            "self_attn.k_proj",
            "self_attn.v_proj",
            "self_attn.o_proj",
            "post_attention_layernorm",
            "mlp.gate_proj",
            "mlp.up_proj",
            "mlp.down_proj");

    /** Tables that old checkpoints hold and everybody computes anew. */
    private static final Pattern IGNORED = Pattern.compile("model\\.layers\\.\\d+\\.self_attn\\.rotary_emb\\.inv_freq");

    private LlamaTensors() {}

    /** All that the program reads, the head included. */
    static Set<String> of(LlamaConfig config) {
        Set<String> names = new HashSet<>(Set.of(EMBEDDING, "model.norm.weight", HEAD));
        for (int layer = 0; layer < config.layers(); layer++) {
            for (String part : PARTS) {
                names.add("model.layers." + layer + "." + part + ".weight");
            }
        }
        if (config.proposed() != config.vocabulary()) {
            names.add(ReducedVocabulary.PROPOSALS);
        }
        if (config.embedded() != config.vocabulary()) {
            names.add(ReducedVocabulary.ROWS);
        }
        return names;
    }

    static boolean isIgnored(String name) {
        return IGNORED.matcher(name).matches();
    }
}
