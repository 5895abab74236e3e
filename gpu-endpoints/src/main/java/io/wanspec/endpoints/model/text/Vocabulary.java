package io.wanspec.endpoints.model.text;

import io.wanspec.endpoints.model.ModelLoadException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A byte-level vocabulary.
 *
 * @param tokens in id order, written with GPT-2's printable stand-ins for bytes
 * @param special ids of control tokens; they are no text
 * @param ends ids that end a sequence
 */
public record Vocabulary(List<String> tokens, Set<Integer> special, Set<Integer> ends) {
    private static final Set<String> USUAL_ENDS =
            Set.of("<|im_end|>", "<|endoftext|>", "</s>", "<|eot_id|>", "<|end_of_text|>");

    public Vocabulary {
        tokens = List.copyOf(tokens);
        special = Set.copyOf(special);
        ends = Set.copyOf(ends);
        if (tokens.isEmpty()) {
            throw new ModelLoadException("the model's files hold no vocabulary");
        }
    }

    /** Whether {@code token}, a control token, ends a sequence by its usual name. */
    static boolean isUsualEnd(String token) {
        return USUAL_ENDS.contains(token);
    }

    /** SHA-256 of all tokens in id order, each followed by a zero byte. */
    public String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String token : tokens) {
                digest.update(token.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Control tokens by name. */
    Map<String, Integer> controls() {
        Map<String, Integer> byName = new LinkedHashMap<>();
        special.stream().sorted().forEach(id -> byName.put(tokens.get(id), id));
        return byName;
    }
}
