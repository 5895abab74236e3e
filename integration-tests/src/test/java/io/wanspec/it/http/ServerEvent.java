package io.wanspec.it.http;

import com.fasterxml.jackson.databind.JsonNode;

/** One server-sent event whose data is JSON; {@code [DONE]} is none. */
public record ServerEvent(String type, JsonNode data) {
    public int number() {
        return data.path("sequence_number").asInt(-1);
    }

    public String delta() {
        return type.equals("response.output_text.delta") ? data.path("delta").asText() : "";
    }
}
