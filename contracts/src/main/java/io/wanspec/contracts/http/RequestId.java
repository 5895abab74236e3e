package io.wanspec.contracts.http;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * By what name a request is found in logs: the client's own, if it is short and plain, or one that is made. A name that could
 * forge a line of a log, or a header, is not taken.
 */
public record RequestId(String value) {
    /** Of every answer; of a request too, as a client's own or as the gateway's. */
    public static final String HEADER = "x-request-id";

    /** A client's own, as OpenAI's clients send it. */
    public static final String CLIENT_HEADER = "x-client-request-id";

    private static final int LENGTH_MAX = 128;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._~:/+=@,-]{1," + LENGTH_MAX + "}");

    public RequestId {
        if (!PLAIN.matcher(value).matches()) {
            throw new IllegalArgumentException("a request id has 1 to " + LENGTH_MAX + " plain characters");
        }
    }

    /**
     * @param client value of {@link #CLIENT_HEADER}
     * @param before value of {@link #HEADER}
     */
    public static RequestId of(@Nullable String client, @Nullable String before) {
        return plain(client).or(() -> plain(before)).orElseGet(RequestId::fresh);
    }

    public static RequestId fresh() {
        return new RequestId("req_" + UUID.randomUUID().toString().replace("-", ""));
    }

    private static Optional<RequestId> plain(@Nullable String value) {
        return Optional.ofNullable(value)
                .filter(text -> PLAIN.matcher(text).matches())
                .map(RequestId::new);
    }

    @Override
    public String toString() {
        return value;
    }
}
