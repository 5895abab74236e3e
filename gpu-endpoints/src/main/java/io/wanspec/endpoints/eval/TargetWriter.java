package io.wanspec.endpoints.eval;

import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.sampling.CoupledSampler;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.Sequence;

/** Decodes with the target alone, as the product does: a token a pass, by the coupled rule. */
final class TargetWriter {
    private final LanguageModel target;
    private final CoupledSampler sampler = new CoupledSampler();

    TargetWriter(LanguageModel target) {
        this.target = target;
    }

    /** What the target writes behind {@code prompt}: up to {@code maxTokens}, or to the token that ends the text. */
    Tokens write(Tokens prompt, int maxTokens, SamplingOptions options) {
        int[] written = new int[maxTokens];
        int size = 0;
        try (Sequence sequence = target.open()) {
            Pass pass = sequence.append(prompt, 1);
            while (true) {
                int position = prompt.size() + size;
                int token = sampler.sample(pass.logits(), 0, pass.vocabulary(), options, position);
                written[size++] = token;
                if (size == maxTokens || target.endsSequence(token)) {
                    return Tokens.of(written).slice(0, size);
                }
                pass = sequence.append(Tokens.of(token), 1);
            }
        }
    }
}
