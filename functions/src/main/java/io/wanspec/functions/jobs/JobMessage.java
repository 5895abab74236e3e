package io.wanspec.functions.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.SessionId;
import io.wanspec.functions.trace.RequestTrace;
import java.time.Instant;
import java.util.Optional;

/**
 * What a message of the queue says: {@code {"session": "sess_...", "turn": 0, "since": 1767225600000, "request": "req_...",
 * "trace": "..."}}. No prompt: messages are read by people who look for what is stuck.
 *
 * @param turn how many messages this job has had before: one for each hand-over or wait
 * @param cutOffs how many attempts in a row were cut off without a token more
 */
record JobMessage(SessionId session, int turn, int cutOffs, JobOrigin origin) {
    /** With the longest pause between two, about a day. */
    static final int TURNS_MAX = 1500;

    private static final int CHARS_MAX = 4096;
    private static final String REQUEST = "request";
    private static final String TRACE = "trace";
    private static final JsonMapper MAPPER = new JsonMapper();

    JobMessage {
        if (turn < 0 || cutOffs < 0) {
            throw new IllegalArgumentException("a job's counts cannot be negative");
        }
    }

    static JobMessage first(SessionId session, JobOrigin origin) {
        return new JobMessage(session, 0, 0, origin);
    }

    JobMessage next() {
        return new JobMessage(session, turn + 1, cutOffs, origin);
    }

    /** After an attempt that was cut off, but made some of the text. */
    JobMessage progressed() {
        return new JobMessage(session, turn, 0, origin);
    }

    /** After one that made nothing. */
    JobMessage cutOff() {
        return new JobMessage(session, turn, cutOffs + 1, origin);
    }

    /** The same job from its first turn, as old as it was; a body that is no job's stays as it is. */
    static String anew(String body) {
        try {
            JobMessage before = read(body);
            return first(before.session(), before.origin()).write();
        } catch (IllegalArgumentException noJob) {
            return body;
        }
    }

    /** Of any body: one that is no job's has no origin. */
    static JobOrigin origin(String body) {
        try {
            return read(body).origin();
        } catch (IllegalArgumentException noJob) {
            return JobOrigin.unknown();
        }
    }

    String write() {
        ObjectNode json =
                MAPPER.createObjectNode().put("session", session.value()).put("turn", turn);
        if (cutOffs > 0) {
            json.put("cutOffs", cutOffs);
        }
        origin.since().ifPresent(since -> json.put("since", since.toEpochMilli()));
        origin.trace()
                .ifPresent(trace -> json.put(REQUEST, trace.request().value())
                        .put(TRACE, trace.trace().hex()));
        return json.toString();
    }

    /** @throws IllegalArgumentException if it is no such message; what it said is not repeated */
    static JobMessage read(String body) {
        if (body.length() > CHARS_MAX) {
            throw new IllegalArgumentException("the message is longer than " + CHARS_MAX + " characters");
        }
        JsonNode json = parse(body);
        if (!json.path("session").isTextual() || !isCount(json.path("turn")) || !isCount(json.path("cutOffs"))) {
            throw new IllegalArgumentException("the message does not name a session");
        }
        return new JobMessage(
                new SessionId(json.path("session").textValue()),
                json.path("turn").asInt(0),
                json.path("cutOffs").asInt(0),
                new JobOrigin(since(json.path("since")), trace(json)));
    }

    private static Optional<Instant> since(JsonNode millis) {
        return millis.canConvertToLong() ? Optional.of(Instant.ofEpochMilli(millis.longValue())) : Optional.empty();
    }

    /** A job is done also for a request whose name cannot be read. */
    private static Optional<RequestTrace> trace(JsonNode json) {
        return RequestTrace.of(json.path(REQUEST).asText(), json.path(TRACE).asText());
    }

    private static boolean isCount(JsonNode count) {
        return count.isMissingNode() || count.isInt();
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
