package io.wanspec.endpoints.eval;

import io.wanspec.contracts.invoke.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One line of a file of prompts.
 *
 * @param line where it stands, from 1
 * @param messages of the chat, the user's last
 */
public record Prompt(int line, List<ChatMessage> messages) {
    /** Between the turns of a dialogue. */
    static final String TURN = " ||| ";

    private static final List<String> ROLES = List.of("user", "assistant");

    public Prompt {
        messages = List.copyOf(messages);
        if (messages.size() % 2 == 0) {
            throw new IllegalArgumentException(
                    "a dialogue begins and ends with the user, so it has an odd number of turns" + " between '"
                            + TURN.strip() + "', not " + messages.size() + "; add or drop one");
        }
    }

    /** Of a line: one message of the user, or the turns of a dialogue separated by {@value #TURN}. */
    static Prompt of(int line, String text) {
        String[] turns = text.split(Pattern.quote(TURN), -1);
        List<ChatMessage> messages = new ArrayList<>();
        for (String turn : turns) {
            messages.add(new ChatMessage(ROLES.get(messages.size() % 2), turn.strip()));
        }
        return new Prompt(line, messages);
    }
}
