package io.wanspec.endpoints.eval;

import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.Tokens;
import java.util.ArrayList;
import java.util.List;

/**
 * All requests: every prompt at every temperature.
 *
 * @param prompts rendered
 * @param temperatures at least one
 * @param maxTokens of a request
 * @param seed of the first prompt; each further prompt has the next one, so that their noise differs
 */
record EvalPlan(List<Tokens> prompts, List<Double> temperatures, int maxTokens, long seed) {
    static final int MAX_TOKENS_MAX = 2_000;

    /** One request. */
    record Request(int prompt, Tokens tokens, SamplingOptions options) {}

    EvalPlan {
        prompts = List.copyOf(prompts);
        temperatures = List.copyOf(temperatures);
        if (prompts.isEmpty() || temperatures.isEmpty()) {
            throw new IllegalArgumentException("there must be a prompt and a temperature");
        }
        if (maxTokens < 1 || maxTokens > MAX_TOKENS_MAX) {
            throw new IllegalArgumentException(
                    "--max-tokens must be between 1 and " + MAX_TOKENS_MAX + ", was " + maxTokens);
        }
    }

    /** Prompt by prompt, so that a run that is broken off has seen all temperatures alike. */
    List<Request> requests() {
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            for (double temperature : temperatures) {
                requests.add(new Request(i, prompts.get(i), new SamplingOptions(temperature, 0, 1, seed + i)));
            }
        }
        return requests;
    }
}
