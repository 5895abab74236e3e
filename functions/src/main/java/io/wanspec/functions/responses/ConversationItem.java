package io.wanspec.functions.responses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A message with a name, under which its response's input items can be asked for. */
public record ConversationItem(String id, InputMessage message) {
    /** In OpenAI's shape. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", id);
        json.put("type", "message");
        json.put("status", "completed");
        json.put("role", message.role());
        ArrayNode content = json.putArray("content");
        for (String part : message.parts()) {
            if (message.role().equals(InputMessage.ASSISTANT)) {
                content.add(ResponseJson.textPart(part, List.of()));
            } else {
                content.addObject().put("type", "input_text").put("text", part);
            }
        }
        return json;
    }
}
