package io.wanspec.functions.responses;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** An event of a response's stream. */
public record NumberedEvent(int number, String type, ObjectNode data) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** As a server-sent event. */
    public byte[] bytes() {
        try {
            String event = "event: " + type + "\ndata: " + MAPPER.writeValueAsString(data) + "\n\n";
            return event.getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
