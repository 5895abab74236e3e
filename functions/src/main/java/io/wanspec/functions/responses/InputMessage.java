package io.wanspec.functions.responses;

import java.util.List;

/**
 * A message of a conversation.
 *
 * @param role user, assistant, system, developer, or tool for the result of a call
 * @param parts its text in the parts that the client sent
 */
public record InputMessage(String role, List<String> parts) {
    public static final String ASSISTANT = "assistant";

    public InputMessage {
        parts = List.copyOf(parts);
    }

    public static InputMessage of(String role, String text) {
        return new InputMessage(role, List.of(text));
    }

    public String text() {
        return String.join("", parts);
    }
}
