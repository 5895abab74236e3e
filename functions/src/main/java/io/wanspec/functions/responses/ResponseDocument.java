package io.wanspec.functions.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A response's head and its conversation as bytes, and back. */
record ResponseDocument(ResponseHead head, Conversation conversation) {
    private static final JsonMapper MAPPER = new JsonMapper();

    byte[] write() {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("id", head.id().value());
        json.put("created", head.createdSeconds());
        json.put("model", head.model());
        json.put("promptTokens", head.promptTokens());
        json.put("seed", head.seed());
        json.put("mode", head.mode());
        write(head.options(), json);
        var items = json.putArray("items");
        for (ConversationItem item : conversation.items()) {
            ObjectNode entry = items.addObject();
            entry.put("id", item.id());
            entry.put("role", item.message().role());
            item.message().parts().forEach(entry.putArray("parts")::add);
        }
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(ResponseOptions options, ObjectNode json) {
        options.instructions().ifPresent(text -> json.put("instructions", text));
        options.previous().ifPresent(id -> json.put("previous", id.value()));
        json.put("background", options.background());
        json.put("stored", options.stored());
        options.metadata().forEach(json.putObject("metadata")::put);
        json.put("temperature", options.temperature());
        json.put("topP", options.topP());
        options.maxOutputTokens().ifPresent(most -> json.put("maxOutputTokens", most));
        options.logprobs().ifPresent(count -> json.put("logprobs", count));
        options.user().ifPresent(name -> json.put("user", name));
        options.safetyIdentifier().ifPresent(name -> json.put("safetyIdentifier", name));
        options.promptCacheKey().ifPresent(name -> json.put("promptCacheKey", name));
        options.format().ifPresent(format -> json.set("format", format));
        options.calling().ifPresent(calling -> json.set("calling", calling));
    }

    static ResponseDocument read(byte[] bytes) {
        try {
            JsonNode json = MAPPER.readTree(bytes);
            var head = new ResponseHead(
                    new ResponseId(json.path("id").textValue()),
                    json.path("created").longValue(),
                    json.path("model").textValue(),
                    json.path("promptTokens").intValue(),
                    json.path("seed").longValue(),
                    json.path("mode").textValue(),
                    options(json));
            return new ResponseDocument(head, conversation(json));
        } catch (IOException e) {
            throw new UncheckedIOException("a stored response cannot be read", e);
        }
    }

    private static ResponseOptions options(JsonNode json) {
        Map<String, String> metadata = new LinkedHashMap<>();
        json.path("metadata")
                .properties()
                .forEach(pair -> metadata.put(pair.getKey(), pair.getValue().textValue()));
        return new ResponseOptions(
                text(json, "instructions"),
                text(json, "previous").map(ResponseId::new),
                json.path("background").booleanValue(),
                json.path("stored").booleanValue(),
                metadata,
                json.path("temperature").doubleValue(),
                json.path("topP").doubleValue(),
                number(json, "maxOutputTokens"),
                number(json, "logprobs"),
                text(json, "user"),
                text(json, "safetyIdentifier"),
                text(json, "promptCacheKey"),
                object(json, "format"),
                object(json, "calling"));
    }

    private static OptionalInt number(JsonNode json, String name) {
        return json.has(name) ? OptionalInt.of(json.path(name).intValue()) : OptionalInt.empty();
    }

    private static Conversation conversation(JsonNode json) {
        List<ConversationItem> items = new ArrayList<>();
        for (JsonNode entry : json.path("items")) {
            List<String> parts = new ArrayList<>();
            entry.path("parts").forEach(part -> parts.add(part.textValue()));
            items.add(new ConversationItem(
                    entry.path("id").textValue(),
                    new InputMessage(entry.path("role").textValue(), parts)));
        }
        return new Conversation(items);
    }

    private static Optional<ObjectNode> object(JsonNode json, String name) {
        return json.path(name) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    }

    private static Optional<String> text(JsonNode json, String name) {
        return Optional.ofNullable(json.path(name).textValue());
    }
}
