package io.wanspec.endpoints.model.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.endpoints.model.CopyShares;
import io.wanspec.endpoints.model.ModelLoadException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A model hub's {@code config.json}. Defaults are those of transformers.
 *
 * @param tied whether the head's weights are the embedding's
 */
record HubConfig(LlamaConfig dimensions, RotaryScaling scaling, boolean tied, CopyShares copies) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final double EPSILON_DEFAULT = 1e-6;

    /** @throws ModelLoadException that names what is missing, or what would change the arithmetic and is not computed here */
    static HubConfig read(Path file) {
        JsonNode json = json(file);
        HubFields.check(json);
        HubRotary rotary = HubRotary.read(json);
        return new HubConfig(
                dimensions(json, rotary.theta()),
                rotary.scaling(),
                json.path("tie_word_embeddings").asBoolean(false),
                CopyShares.read(json.path("wanspec").path("copy")));
    }

    private static LlamaConfig dimensions(JsonNode json, double theta) {
        int heads = integer(json, "num_attention_heads");
        int vocabulary = integer(json, "vocab_size");
        int hidden = integer(json, "hidden_size");
        JsonNode epsilon = json.path("rms_norm_eps");
        return new LlamaConfig(
                integer(json, "num_hidden_layers"),
                hidden,
                heads,
                integer(json, "num_key_value_heads", heads),
                integer(json, "head_dim", hidden / Math.max(1, heads)),
                integer(json, "intermediate_size"),
                vocabulary,
                integer(json.path("wanspec"), "embedded_tokens", vocabulary),
                integer(json, "draft_vocab_size", vocabulary),
                integer(json, "max_position_embeddings"),
                theta,
                epsilon.isMissingNode() ? EPSILON_DEFAULT : epsilon.asDouble());
    }

    private static int integer(JsonNode json, String field, int missing) {
        return json.path(field).isMissingNode() || json.path(field).isNull() ? missing : integer(json, field);
    }

    private static int integer(JsonNode json, String field) {
        if (!json.path(field).isInt()) {
            throw new ModelLoadException("config.json lacks the number " + field);
        }
        return json.path(field).asInt();
    }

    private static JsonNode json(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new ModelLoadException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
