package io.wanspec.functions.responses;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that was said before a response, its own input last; instructions are not part of it, because nobody inherits them. */
public record Conversation(List<ConversationItem> items) {
    public Conversation {
        items = List.copyOf(items);
    }

    public static Conversation none() {
        return new Conversation(List.of());
    }

    /** With what this response said. */
    public Conversation answered(ResponseId id, String text) {
        List<ConversationItem> more = new ArrayList<>(items);
        more.add(new ConversationItem(id.outputItem(), InputMessage.of(InputMessage.ASSISTANT, text)));
        return new Conversation(more);
    }

    /** With the input of the next response. */
    public Conversation asked(ResponseId id, List<InputMessage> input) {
        List<ConversationItem> more = new ArrayList<>(items);
        for (int i = 0; i < input.size(); i++) {
            more.add(new ConversationItem(id.inputItem(i), input.get(i)));
        }
        return new Conversation(more);
    }

    /** What the model reads. */
    public List<InputMessage> messages(Optional<String> instructions) {
        List<InputMessage> messages = new ArrayList<>();
        instructions.ifPresent(text -> messages.add(InputMessage.of("system", text)));
        items.forEach(item -> messages.add(item.message()));
        return messages;
    }
}
