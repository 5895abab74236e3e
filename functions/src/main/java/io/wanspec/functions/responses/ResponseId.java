package io.wanspec.functions.responses;

import io.wanspec.contracts.SessionId;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names a response: {@code resp_} and the digits of the session that makes its text, so that either finds the other. */
public record ResponseId(String value) {
    private static final String PREFIX = "resp_";
    private static final String SESSION_PREFIX = "sess_";
    private static final int CALL_DIGITS = 24;
    private static final Pattern FORM = Pattern.compile("resp_[0-9a-f]{32}");

    public ResponseId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a response id is resp_ and 32 hexadecimal digits");
        }
    }

    public static ResponseId of(SessionId session) {
        return new ResponseId(PREFIX + session.value().substring(SESSION_PREFIX.length()));
    }

    /** What a client sent; absent if it can name no response. */
    public static Optional<ResponseId> find(String value) {
        return FORM.matcher(value).matches() ? Optional.of(new ResponseId(value)) : Optional.empty();
    }

    public SessionId session() {
        return new SessionId(SESSION_PREFIX + digits());
    }

    /** The one message of its output. */
    String outputItem() {
        return "msg_" + digits();
    }

    /** One of the calls of its output. */
    String outputCall(int index) {
        return "fc_" + digits() + "_" + index;
    }

    /** How a call is named to who answers it. */
    String call(int index) {
        return "call_" + digits().substring(0, CALL_DIGITS) + "_" + index;
    }

    /** A message of its input, by its place. */
    String inputItem(int index) {
        return "msg_" + digits() + "_" + index;
    }

    private String digits() {
        return value.substring(PREFIX.length());
    }

    @Override
    public String toString() {
        return value;
    }
}
