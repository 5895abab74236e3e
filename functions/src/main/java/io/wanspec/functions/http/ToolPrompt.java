package io.wanspec.functions.http;

import io.wanspec.contracts.invoke.ChatMessage;
import io.wanspec.functions.schema.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tells the model of its tools, in the system's words: as the templates of Hermes, Qwen and SmolLM3 do, so that it does not matter whether a model's own
 * template knows of tools.
 */
final class ToolPrompt {
    private static final String SYSTEM = "system";
    private static final String WORDS = """
            # Tools

            You may call one or more functions to assist with the user query.

            You are provided with function signatures within <tools></tools> XML tags:
            <tools>
            {tools}
            </tools>

            For each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:
            <tool_call>
            {"name": <function-name>, "arguments": <args-json-object>}
            </tool_call>""";

    private ToolPrompt() {}

    /** The same messages, with the tools behind the system's first words, or before all others. */
    static List<ChatMessage> with(List<Tool> tools, List<ChatMessage> messages) {
        if (tools.isEmpty()) {
            return messages;
        }
        List<ChatMessage> told = new ArrayList<>(messages);
        if (messages.getFirst().role().equals(SYSTEM)) {
            told.set(0, new ChatMessage(SYSTEM, messages.getFirst().content() + "\n\n" + words(tools)));
        } else {
            told.addFirst(new ChatMessage(SYSTEM, words(tools)));
        }
        return told;
    }

    private static String words(List<Tool> tools) {
        String said = tools.stream()
                .map(tool -> "{\"type\": \"function\", \"function\": " + tool.said() + "}")
                .collect(Collectors.joining("\n"));
        return WORDS.replace("{tools}", said);
    }
}
