package io.wanspec.endpoints.model.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How many tokens a text has at least, told by its length alone: no token stands for more bytes than the longest of the vocabulary.
 * A prompt of megabytes need not be tokenized to know that it does not fit.
 */
final class LeastTokens {
    private static final JsonMapper JSON = new JsonMapper();

    /** Composition (NFC) makes three bytes one (the Kelvin sign a K), and seven two (a Greek iota with two accents). */
    private static final int COMPOSED_MAX = 4;

    /** Those that a token stands for. Vocabularies leave rare ones out, and tokenizers such bytes of a text. */
    private final boolean[] known = new boolean[256];

    /** That one token stands for; 0 where the tokenizer may leave any part of a text out, so that nothing is known. */
    private final int bytesMax;

    private LeastTokens(JsonNode tokenizer, List<String> tokens) {
        Set<String> all = new HashSet<>(tokens);
        for (int value = 0; value < known.length; value++) {
            known[value] = all.contains(String.valueOf(ByteLevel.standIn(value)));
        }
        int longest = Math.max(longestStandIns(tokens), longestAdded(tokenizer));
        bytesMax = keepsAll(tokenizer.path("pre_tokenizer")) ? longest * shrinking(tokenizer.path("normalizer")) : 0;
    }

    /** A stand-in for each byte. */
    private static int longestStandIns(List<String> tokens) {
        return tokens.stream().mapToInt(String::length).max().orElse(0);
    }

    /** Added ones are kept as text, whose characters may have several bytes. */
    private static int longestAdded(JsonNode tokenizer) {
        return tokenizer
                .path("added_tokens")
                .valueStream()
                .mapToInt(added -> added.path("content").asText().getBytes(StandardCharsets.UTF_8).length)
                .max()
                .orElse(0);
    }

    static LeastTokens of(TokenizerFiles files) {
        try {
            return new LeastTokens(
                    JSON.readTree(files.json()), files.vocabulary().tokens());
        } catch (JsonProcessingException e) {
            throw TokenizerFiles.unsupported("no JSON");
        }
    }

    /** How many bytes of a text become one before it is cut into tokens, or 0 if any number may vanish. */
    private int shrinking(JsonNode normalizer) {
        if (normalizer.isMissingNode() || normalizer.isNull()) {
            return 1;
        }
        return normalizer.path("type").asText().equals("NFC") && knowsAll() ? COMPOSED_MAX : 0;
    }

    /** All that UTF-8 has: a composed character may have bytes that its parts had not. */
    private boolean knowsAll() {
        return IntStream.range(0, 0xF5)
                .filter(value -> value != 0xC0 && value != 0xC1)
                .allMatch(value -> known[value]);
    }

    private static boolean keepsAll(JsonNode step) {
        return switch (step.path("type").asText()) {
            case "Sequence" -> step.path("pretokenizers").valueStream().allMatch(LeastTokens::keepsAll);
            case "ByteLevel", "Digits" -> true;
            case "Split" -> !step.path("behavior").asText().equals("Removed");
            default -> false;
        };
    }

    int of(Stream<String> parts) {
        return bytesMax == 0
                ? 0
                : Math.toIntExact(parts.mapToLong(this::knownBytes).sum() / bytesMax);
    }

    private long knownBytes(String text) {
        long count = 0;
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            count += known[one & 0xFF] ? 1 : 0;
        }
        return count;
    }
}
