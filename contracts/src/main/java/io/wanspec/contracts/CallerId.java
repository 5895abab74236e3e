package io.wanspec.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Tells callers of the API apart, and nothing else, so that a model server can share its passes fairly among them. What the
 * caller is called at the API never leaves the function: this is a digest of it.
 */
public record CallerId(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int DIGEST_BYTES = 16;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CallerId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("caller must be 1 to 64 of A-Z a-z 0-9 _ -");
        }
    }

    /** Of whoever calls himself so at the API: the same name gives the same id. */
    public static CallerId of(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return new CallerId(HexFormat.of().formatHex(digest, 0, DIGEST_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
