package io.wanspec.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;
import java.util.regex.Pattern;

/** Names a link that is made of single calls. Who knows it may speak on the link, so it must not be guessed. */
public record LinkId(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{16,64}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public LinkId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("link id must be 16 to 64 of A-Z a-z 0-9 _ -");
        }
    }

    /** One that nobody has had before. */
    public static LinkId fresh() {
        return new LinkId(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
