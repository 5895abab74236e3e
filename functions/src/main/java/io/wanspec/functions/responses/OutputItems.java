package io.wanspec.functions.responses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.TokenLogprobs;
import io.wanspec.functions.schema.CallSplitter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an answer consists of, as its parts come: a message, if it says something, then its calls. */
final class OutputItems {
    private final ResponseHead head;
    private final @Nullable CallSplitter splitter;
    private final StringBuilder text = new StringBuilder();
    private final List<Call> calls = new ArrayList<>();

    /** A call, with its arguments so far. */
    private record Call(String name, StringBuilder arguments) {}

    OutputItems(ResponseHead head) {
        this.head = head;
        boolean mayCall = head.options().calling().isPresent();
        boolean isFormed = head.options().format().isPresent();
        splitter = mayCall ? new CallSplitter(CallSplitter.Where.of(mayCall, isFormed)) : null;
    }

    /** Parts a piece, and takes them in. */
    List<CallSplitter.Part> take(String piece) {
        return taken(splitter == null ? List.of(new CallSplitter.Part.Text(piece)) : splitter.take(piece));
    }

    /** What is left at the end. */
    List<CallSplitter.Part> end() {
        return taken(splitter == null ? List.of() : splitter.end());
    }

    private List<CallSplitter.Part> taken(List<CallSplitter.Part> parts) {
        for (CallSplitter.Part part : parts) {
            switch (part) {
                case CallSplitter.Part.Text(var more) -> text.append(more);
                case CallSplitter.Part.Call(var _, var name) -> calls.add(new Call(name, new StringBuilder()));
                case CallSplitter.Part.Arguments(var index, var more) ->
                    calls.get(index).arguments().append(more);
            }
        }
        return parts;
    }

    String text() {
        return text.toString();
    }

    boolean hasText() {
        return !text.isEmpty();
    }

    /** How many calls have begun. */
    int calls() {
        return calls.size();
    }

    /** Where a call stands in the output. */
    int indexOf(int call) {
        return call + (hasText() ? 1 : 0);
    }

    String idOf(int call) {
        return head.id().outputCall(call);
    }

    String nameOf(int call) {
        return calls.get(call).name();
    }

    String argumentsOf(int call) {
        return calls.get(call).arguments().toString();
    }

    ObjectNode json(int call, String status, String arguments) {
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        item.put("id", idOf(call));
        item.put("type", "function_call");
        item.put("status", status);
        item.put("call_id", head.id().call(call));
        item.put("name", nameOf(call));
        item.put("arguments", arguments);
        return item;
    }

    /**
     * All of a whole answer: an empty message where there is nothing else.
     *
     * @param status of the last one
     * @param told the log-probabilities that were asked for
     */
    ArrayNode all(ResponseJson json, String status, List<TokenLogprobs> told) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        if (hasText() || calls.isEmpty()) {
            all.add(json.item(calls.isEmpty() ? status : "completed", ResponseJson.content(text(), told)));
        }
        for (int call = 0; call < calls.size(); call++) {
            all.add(json(call, call == calls.size() - 1 ? status : "completed", argumentsOf(call)));
        }
        return all;
    }
}
