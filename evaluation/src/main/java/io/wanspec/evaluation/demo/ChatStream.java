package io.wanspec.evaluation.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.contracts.request.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts a streamed chat completion together from its chunks. */
public final class ChatStream {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final String END = "[DONE]";

    private final Mode mode;
    private final Consumer<String> onText;
    private final StringBuilder text = new StringBuilder();
    private final List<String> timeline = new ArrayList<>();
    private @Nullable Ledger ledger;
    private OptionalLong seed = OptionalLong.empty();
    private boolean done;

    /** @param onText is told each piece of text as it comes */
    public ChatStream(Mode mode, Consumer<String> onText) {
        this.mode = mode;
        this.onText = onText;
    }

    /** Takes a line of the session's timeline. */
    void timeline(String line) {
        timeline.add(line);
    }

    /** Takes the data of one event. */
    public void event(String data) throws ChatFailure {
        if (data.equals(END)) {
            done = true;
            return;
        }
        JsonNode chunk = read(data);
        if (chunk.has("error")) {
            throw new ChatFailure(mode.title() + ": " + errorMessage(chunk));
        }
        String piece = chunk.at("/choices/0/delta/content").asText("");
        if (!piece.isEmpty()) {
            text.append(piece);
            onText.accept(piece);
        }
        readExtension(chunk.path("wanspec"));
    }

    /** What came of it, after the stream's end. */
    public Run result() throws ChatFailure {
        Ledger complete = ledger;
        if (!done || complete == null) {
            throw new ChatFailure(mode.title() + ": the stream ended early, after " + text.length()
                    + " characters; the logs tell why");
        }
        return new Run(mode, complete, seed, text.toString(), timeline);
    }

    /** The message of an error body, or the body itself. */
    public static String errorMessage(JsonNode body) {
        String message = body.at("/error/message").asText("");
        return message.isEmpty() ? body.toString() : message;
    }

    public static JsonNode read(String json) throws ChatFailure {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new ChatFailure("the gateway sent something that is no JSON: " + json, e);
        }
    }

    private void readExtension(JsonNode extension) throws ChatFailure {
        JsonNode counted = extension.path("ledger");
        if (!counted.isObject()) {
            return;
        }
        try {
            ledger = MAPPER.treeToValue(counted, Ledger.class);
        } catch (JsonProcessingException e) {
            throw new ChatFailure(mode.title() + ": its ledger cannot be read: " + e.getOriginalMessage(), e);
        }
        if (extension.path("seed").canConvertToLong()) {
            seed = OptionalLong.of(extension.path("seed").longValue());
        }
    }
}
