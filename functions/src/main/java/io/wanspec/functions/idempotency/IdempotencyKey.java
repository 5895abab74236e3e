package io.wanspec.functions.idempotency;

import java.util.regex.Pattern;

/** Names one intent of a client, however often it is sent. Belongs to the caller: another's same key is another key. */
public record IdempotencyKey(String value) {
    /** As other services bound it; a UUID has 36. */
    public static final int LENGTH_MAX = 255;

    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1," + LENGTH_MAX + "}");

    /** @throws IllegalArgumentException if it is empty, too long, or has other characters than printable ASCII */
    public IdempotencyKey {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "an idempotency key has 1 to " + LENGTH_MAX + " printable ASCII characters and no spaces");
        }
    }
}
