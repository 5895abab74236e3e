package io.wanspec.endpoints.model.weights;

import io.wanspec.endpoints.model.CopyShares;
import java.util.Arrays;

/**
 * The same function of the tokens with other weights, whose sizes are even enough for 8 bits (QuaRot, arXiv:2404.00456). The
 * residual stream is rotated: whatever writes to it yields rotated vectors, and whatever reads it turns them back. Norms commute with
 * that once their weights have gone into the products behind them. Values are rotated within each head, and the attention's output
 * product turns them back. All of it is in the weights: a pass costs the same.
 */
public final class RotatedCheckpoint implements Checkpoint {
    private static final String EMBEDDING = "model.embed_tokens.weight";
    private static final String HEAD = "lm_head.weight";
    private static final String ATTENTION = ".self_attn.";

    private final Checkpoint plain;
    private final LlamaConfig config;
    private final Rotation stream;
    private final Rotation head;

    /** @param plain is not closed with this */
    public RotatedCheckpoint(Checkpoint plain) {
        this.plain = plain;
        config = plain.config();
        stream = new Rotation(config.hidden());
        head = new Rotation(config.headDim());
    }

    @Override
    public LlamaConfig config() {
        return config;
    }

    @Override
    public RotaryScaling scaling() {
        return plain.scaling();
    }

    @Override
    public CopyShares copies() {
        return plain.copies();
    }

    /** The head has a norm's weights in it, so it is not the embedding any more. */
    @Override
    public boolean has(String name) {
        return name.equals(HEAD) || plain.has(name);
    }

    @Override
    public float[] read(String name, int... shape) {
        if (name.equals(HEAD)) {
            return behind("model.norm.weight", plain.read(plain.has(HEAD) ? HEAD : EMBEDDING, shape));
        }
        float[] values = plain.read(name, shape);
        if (name.equals(EMBEDDING)) {
            stream.vectors(values);
        } else if (name.endsWith("norm.weight")) {
            Arrays.fill(values, 1);
        } else if (name.contains(ATTENTION)) {
            attention(name, values, shape);
        } else if (name.endsWith("down_proj.weight")) {
            stream.columns(values, shape[1]);
        } else if (name.contains(".mlp.")) {
            behind(before(name, ".mlp.") + ".post_attention_layernorm.weight", values);
        }
        return values;
    }

    private void attention(String name, float[] values, int[] shape) {
        if (name.endsWith("o_proj.weight")) {
            head.vectors(values);
            stream.columns(values, shape[1]);
            return;
        }
        behind(before(name, ATTENTION) + ".input_layernorm.weight", values);
        if (name.endsWith("v_proj.weight")) {
            head.columns(values, shape[1]);
        }
    }

    /** A product that reads the stream behind a norm. */
    private float[] behind(String norm, float[] values) {
        float[] factors = plain.read(norm, config.hidden());
        for (int row = 0; row < values.length; row += factors.length) {
            for (int i = 0; i < factors.length; i++) {
                values[row + i] *= factors[i];
            }
        }
        stream.vectors(values);
        return values;
    }

    private static String before(String name, String part) {
        return name.substring(0, name.indexOf(part));
    }

    @Override
    public void close() {}
}
