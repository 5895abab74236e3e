package io.wanspec.contracts;

import java.util.regex.Pattern;

/**
 * What a model server serves.
 *
 * @param name as the operator configured it, 1 to 128 characters, all of them to be seen: it is written to logs and terminals
 * @param tokenizer SHA-256 of the vocabulary in id order (64 hexadecimal digits); a draft serves a target iff these agree
 * @param weights SHA-256 over the weights and everything else that decides about a logit's bits: dimensions, precision, kind
 *     of processor. A target that comes back with another one must not continue a text
 * @param vocabulary number of token ids
 * @param contextTokens longest sequence, prompt and completion together
 */
public record ModelIdentity(String name, String tokenizer, String weights, int vocabulary, int contextTokens) {
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public ModelIdentity {
        if (name.isBlank() || name.length() > Limits.MODEL_NAME_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "model name must have 1 to " + Limits.MODEL_NAME_LENGTH_MAX + " characters");
        }
        if (UNSEEN.matcher(name).find()) {
            throw new IllegalArgumentException("model name must not have characters that cannot be seen");
        }
        requireDigest("tokenizer", tokenizer);
        requireDigest("weights", weights);
        if (vocabulary < 1 || contextTokens < 1 || contextTokens > Limits.SEQUENCE_TOKENS_MAX) {
            throw new IllegalArgumentException("model " + name + ": vocabulary " + vocabulary + ", context "
                    + contextTokens + " (1 to " + Limits.SEQUENCE_TOKENS_MAX + ")");
        }
    }

    private static void requireDigest(String field, String value) {
        if (!SHA256.matcher(value).matches()) {
            throw new IllegalArgumentException(field + " must be a SHA-256 in lower-case hexadecimal");
        }
    }
}
