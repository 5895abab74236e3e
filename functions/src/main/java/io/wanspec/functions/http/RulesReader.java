package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.SamplingRules;
import io.wanspec.contracts.TokenBiases;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.grammar.Grammar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Reads what a request says of single tokens: {@link SamplingRules}, as if its prompt had one token. */
final class RulesReader {
    private static final String BIAS = "logit_bias";
    private static final String STOP_TOKENS = "stop_token_ids";

    /** So that no documented bound is a number that only a program would write. */
    private static final double REPETITION_PENALTY_MIN = 0.01;

    private RulesReader() {}

    /**
     * @param maxTokens that the request asks for
     * @param grammar of the text
     */
    static SamplingRules read(Fields fields, OptionalInt maxTokens, Optional<Grammar> grammar) {
        return new SamplingRules(
                1,
                penalty(fields, "frequency_penalty"),
                penalty(fields, "presence_penalty"),
                fields.number("repetition_penalty", REPETITION_PENALTY_MIN, false, SamplingRules.REPETITION_PENALTY_MAX)
                        .orElse(1),
                biases(fields),
                fields.number("min_p", 0, false, 1).orElse(0),
                minTokens(fields, maxTokens),
                ignoresEnd(fields, grammar),
                stopTokens(fields),
                fields.bool("include_stop_str_in_output"),
                grammar.orElse(null));
    }

    private static boolean ignoresEnd(Fields fields, Optional<Grammar> grammar) {
        boolean ignores = fields.bool("ignore_eos");
        if (ignores && grammar.isPresent()) {
            throw ApiException.invalid(
                    "ignore_eos",
                    "'ignore_eos' must be false where 'response_format', 'text' or 'tools' say what the answer is. Leave one out.");
        }
        return ignores;
    }

    /** Zero has one sign: requests that say nothing are alike. */
    private static double penalty(Fields fields, String name) {
        return fields.number(name, -SamplingRules.PENALTY_MAX, false, SamplingRules.PENALTY_MAX)
                        .orElse(0)
                + 0.0;
    }

    private static int minTokens(Fields fields, OptionalInt maxTokens) {
        int least = fields.integer("min_tokens", 0, Limits.SEQUENCE_TOKENS_MAX).orElse(0);
        if (maxTokens.isPresent() && least > maxTokens.getAsInt()) {
            throw ApiException.invalid(
                    "min_tokens",
                    "'min_tokens' must not be more than the most tokens that are asked for, " + maxTokens.getAsInt()
                            + ", was " + least + ".");
        }
        return least;
    }

    private static TokenBiases biases(Fields fields) {
        JsonNode node = fields.node(BIAS);
        if (node == null) {
            return new TokenBiases(Tokens.none(), List.of());
        }
        if (!node.isObject()) {
            throw ApiException.wrongType(BIAS, "an object", Json.typeOf(node));
        }
        if (node.size() > Limits.BIASED_TOKENS_MAX) {
            throw ApiException.invalid(
                    BIAS,
                    "'" + BIAS + "' takes at most " + Limits.BIASED_TOKENS_MAX + " tokens, got " + node.size() + ".");
        }
        Map<Integer, Double> biases = new TreeMap<>();
        node.properties().forEach(entry -> {
            if (biases.put(token(entry.getKey()), bias(entry.getKey(), entry.getValue())) != null) {
                throw ApiException.invalid(BIAS, "'" + BIAS + "' names the token " + token(entry.getKey()) + " twice.");
            }
        });
        return new TokenBiases(
                Tokens.of(biases.keySet().stream().mapToInt(Integer::intValue).toArray()),
                new ArrayList<>(biases.values()));
    }

    private static int token(String key) {
        try {
            int token = Integer.parseInt(key);
            if (token >= 0) {
                return token;
            }
        } catch (NumberFormatException e) {
            // Refused with what is negative.
        }
        throw ApiException.invalid(
                BIAS, "A key of '" + BIAS + "' must be a token's id, was '" + ApiException.shown(key) + "'.");
    }

    private static double bias(String key, JsonNode value) {
        String path = BIAS + "." + ApiException.shown(key);
        if (!value.isNumber()) {
            throw ApiException.wrongType(path, "a number", Json.typeOf(value));
        }
        double bias = value.doubleValue();
        if (!(bias >= -TokenBiases.BIAS_MAX && bias <= TokenBiases.BIAS_MAX)) {
            throw ApiException.invalid(path, "Invalid value for '" + path + "': must be between -100 and 100.");
        }
        return bias;
    }

    private static Tokens stopTokens(Fields fields) {
        JsonNode node = fields.node(STOP_TOKENS);
        if (node == null) {
            return Tokens.none();
        }
        if (!node.isArray()) {
            throw ApiException.wrongType(STOP_TOKENS, "an array of token ids", Json.typeOf(node));
        }
        if (node.size() > Limits.STOP_TOKENS_MAX) {
            throw ApiException.invalid(
                    STOP_TOKENS,
                    "'" + STOP_TOKENS + "' takes at most " + Limits.STOP_TOKENS_MAX + " ids, got " + node.size() + ".");
        }
        int[] ids = new int[node.size()];
        for (int i = 0; i < ids.length; i++) {
            JsonNode id = node.path(i);
            if (!id.isIntegralNumber() || !id.canConvertToInt() || id.intValue() < 0) {
                throw ApiException.wrongType(STOP_TOKENS + "[" + i + "]", "a token id", Json.typeOf(id));
            }
            ids[i] = id.intValue();
        }
        return Tokens.of(ids);
    }
}
