package io.wanspec.functions.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.contracts.SessionId;

/**
 * What a message of the queue says: {@code {"session": "sess_...", "turn": 0}}. No prompt: messages are read by people who
 * look for what is stuck.
 *
 * @param turn how many messages this job has had before: one for each hand-over or wait
 */
record JobMessage(SessionId session, int turn) {
    /** With the longest pause between two, about a day. */
    static final int TURNS_MAX = 1500;

    private static final int CHARS_MAX = 4096;
    private static final JsonMapper MAPPER = new JsonMapper();

    JobMessage {
        if (turn < 0) {
            throw new IllegalArgumentException("a job's turn cannot be negative");
        }
    }

    JobMessage next() {
        return new JobMessage(session, turn + 1);
    }

    /** The same job from its first turn; a body that is no job's stays as it is. */
    static String anew(String body) {
        try {
            return new JobMessage(read(body).session(), 0).write();
        } catch (IllegalArgumentException noJob) {
            return body;
        }
    }

    String write() {
        return MAPPER.createObjectNode()
                .put("session", session.value())
                .put("turn", turn)
                .toString();
    }

    /** @throws IllegalArgumentException if it is no such message; what it said is not repeated */
    static JobMessage read(String body) {
        if (body.length() > CHARS_MAX) {
            throw new IllegalArgumentException("the message is longer than " + CHARS_MAX + " characters");
        }
        JsonNode json = parse(body);
        JsonNode turn = json.path("turn");
        if (!json.path("session").isTextual() || !(turn.isMissingNode() || turn.isInt())) {
            throw new IllegalArgumentException("the message does not name a session");
        }
        return new JobMessage(new SessionId(json.path("session").textValue()), turn.asInt(0));
    }

    private static JsonNode parse(String body) {
        try {
            JsonNode json = MAPPER.readTree(body);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the message is not valid JSON", e);
        }
        throw new IllegalArgumentException("the message is not a JSON object");
    }
}
