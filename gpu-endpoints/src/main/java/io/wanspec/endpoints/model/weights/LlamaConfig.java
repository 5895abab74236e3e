package io.wanspec.endpoints.model.weights;

import io.wanspec.contracts.Limits;
import io.wanspec.endpoints.model.ModelLoadException;

/**
 * Dimensions of a Llama-family transformer.
 *
 * @param layers number of blocks
 * @param hidden width of the residual stream
 * @param heads query heads
 * @param kvHeads key and value heads; a divisor of {@code heads}
 * @param headDim even width of a head
 * @param intermediate width of the feed-forward layer
 * @param vocabulary number of token ids
 * @param embedded rows of the embedding; tokens share rows if there are fewer than token ids
 * @param proposed tokens that the logits are about; at most {@code vocabulary}
 * @param contextTokens longest sequence that is served, at most {@link Limits#SEQUENCE_TOKENS_MAX}
 * @param ropeTheta base of the rotary positions' frequencies
 * @param normEpsilon of the RMS norms
 */
public record LlamaConfig(
        int layers,
        int hidden,
        int heads,
        int kvHeads,
        int headDim,
        int intermediate,
        int vocabulary,
        int embedded,
        int proposed,
        int contextTokens,
        double ropeTheta,
        double normEpsilon) {
    public LlamaConfig {
        if (layers < 1 || hidden < 1 || heads < 1 || kvHeads < 1 || headDim < 2 || intermediate < 1 || vocabulary < 1) {
            throw new ModelLoadException("the model's configuration has a dimension below 1");
        }
        if (heads % kvHeads != 0 || headDim % 2 != 0) {
            throw new ModelLoadException("query heads must be a multiple of key-value heads, and a head's width even: "
                    + heads + ", " + kvHeads + ", " + headDim);
        }
        if (embedded < 1 || embedded > vocabulary || proposed < 1 || proposed > vocabulary) {
            throw new ModelLoadException(
                    "of " + vocabulary + " tokens a model cannot embed " + embedded + " or propose " + proposed);
        }
        if (contextTokens < 1 || !(ropeTheta > 1) || !(normEpsilon > 0)) {
            throw new ModelLoadException("the model's configuration lacks its context, rope base or norm epsilon");
        }
        contextTokens = Math.min(contextTokens, Limits.SEQUENCE_TOKENS_MAX);
    }

    /** Query heads that share a key-value head. */
    public int groups() {
        return heads / kvHeads;
    }
}
