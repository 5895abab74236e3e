package io.wanspec.functions.responses;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Heads of responses to test with. */
final class Heads {
    static final ResponseId ID = new ResponseId("resp_0123456789abcdef0123456789abcdef");
    private static final ResponseId BEFORE = new ResponseId("resp_fedcba9876543210fedcba9876543210");

    private Heads() {}

    /** With as little as a request can say. */
    static ResponseHead plain() {
        return head(new ResponseOptions(
                Optional.empty(),
                Optional.empty(),
                false,
                true,
                Map.of(),
                1,
                1,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    /** With all that a request can say. */
    static ResponseHead full() {
        return head(new ResponseOptions(
                Optional.of("Be brief."),
                Optional.of(BEFORE),
                true,
                true,
                Map.of("topic", "sky \"é\" \ud83d\ude00"),
                0.7,
                0.95,
                OptionalInt.of(40),
                OptionalInt.empty(),
                Optional.of("somebody"),
                Optional.of("s-1"),
                Optional.of("cache"),
                Optional.of(JsonNodeFactory.instance.objectNode().put("type", "json_object")),
                Optional.empty()));
    }

    /** Of an answer that may call. */
    static ResponseHead calling() {
        ObjectNode calling = JsonNodeFactory.instance.objectNode();
        calling.putArray("tools").addObject().put("type", "function").put("name", "look");
        calling.put("tool_choice", "auto").put("parallel_tool_calls", true);
        return head(plain().options().formed(null, calling));
    }

    /** Whose text's log-probabilities are told. */
    static ResponseHead told() {
        return head(new ResponseOptions(
                Optional.empty(),
                Optional.empty(),
                false,
                true,
                Map.of(),
                1,
                1,
                OptionalInt.empty(),
                OptionalInt.of(1),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    private static ResponseHead head(ResponseOptions options) {
        return new ResponseHead(ID, 1_764_000_000, "toy-target", 12, 5, "wanspec", options);
    }
}
