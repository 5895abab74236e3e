package io.wanspec.functions.http;

import io.wanspec.contracts.invoke.ChatMessage;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.functions.responses.Conversation;
import io.wanspec.functions.responses.InputMessage;
import io.wanspec.functions.responses.ResponseOptions;
import io.wanspec.functions.schema.Tool;
import java.util.ArrayList;
import java.util.List;

/**
 * A request for a response whose fields have been checked.
 *
 * @param completion the same as a request for a completion, whose prompt is the input alone
 * @param tools that the model is told of
 * @param storeAsked whether the client said itself that it is to be stored
 */
record ResponseRequest(
        CompletionRequest completion,
        ResponseOptions options,
        List<InputMessage> input,
        List<Tool> tools,
        boolean storeAsked) {
    ResponseRequest {
        input = List.copyOf(input);
        tools = List.copyOf(tools);
    }

    /** The request for a completion of the whole conversation: what was said before, then the input. */
    CompletionRequest behind(Conversation before) {
        List<InputMessage> messages = new ArrayList<>(before.messages(options.instructions()));
        messages.addAll(input);
        if (messages.size() > PromptReader.MESSAGES_MAX) {
            throw ApiException.contextExceeded(
                    "previous_response_id",
                    "The conversation has " + messages.size() + " messages, and at most " + PromptReader.MESSAGES_MAX
                            + " are served. Begin another.");
        }
        return completion.withPrompt(
                new PromptForm.Written(new Invocation.Tokenize(ToolPrompt.with(tools, chat(messages)), null)));
    }

    static List<ChatMessage> chat(List<InputMessage> messages) {
        return messages.stream()
                .map(message -> new ChatMessage(PromptReader.templateRole(message.role()), message.text()))
                .toList();
    }

    /** The same, stored or not. */
    ResponseRequest stored(boolean stored) {
        return new ResponseRequest(completion, options.stored(stored), input, tools, storeAsked);
    }

    /** The same with another seed. */
    ResponseRequest withSeed(long seed) {
        return new ResponseRequest(completion.withSeed(seed), options, input, tools, storeAsked);
    }
}
