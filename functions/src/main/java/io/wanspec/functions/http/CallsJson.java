package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.SessionId;
import io.wanspec.functions.schema.CallSplitter;
import java.util.ArrayList;
import java.util.List;

/** Calls of tools in OpenAI's shape. A call's name follows from session and index, so that an answer that is told again is the same. */
final class CallsJson {
    private static final int ID_LENGTH = 24;

    private final String prefix;

    CallsJson(SessionId session) {
        String name = session.value().substring(session.value().indexOf('_') + 1);
        prefix = "call_" + name.substring(0, Math.min(ID_LENGTH, name.length())) + "_";
    }

    /** Puts text and calls of a whole answer into its message. @return whether there are calls, and all of them whole */
    boolean fill(ObjectNode message, String text, CallSplitter.Where where) {
        CallSplitter splitter = new CallSplitter(where);
        List<CallSplitter.Part> parts = new ArrayList<>(splitter.take(text));
        parts.addAll(splitter.end());
        StringBuilder content = new StringBuilder();
        List<StringBuilder> arguments = new ArrayList<>();
        ArrayNode calls = Json.object().putArray("tool_calls");
        for (CallSplitter.Part part : parts) {
            switch (part) {
                case CallSplitter.Part.Text(var words) -> content.append(words);
                case CallSplitter.Part.Call(var index, var name) -> {
                    calls.add(begun(index, name));
                    arguments.add(new StringBuilder());
                }
                case CallSplitter.Part.Arguments(var index, var more) ->
                    arguments.get(index).append(more);
            }
        }
        message.put("content", content.isEmpty() && !calls.isEmpty() ? null : content.toString());
        for (int i = 0; i < calls.size(); i++) {
            ((ObjectNode) calls.path(i).path("function"))
                    .put("arguments", arguments.get(i).toString());
        }
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
        return splitter.hasCalled();
    }

    /** What a part of a streamed answer adds to its message. */
    ObjectNode delta(CallSplitter.Part part) {
        ObjectNode delta = Json.object();
        switch (part) {
            case CallSplitter.Part.Text(var words) -> delta.put("content", words);
            case CallSplitter.Part.Call(var index, var name) -> {
                ObjectNode call = begun(index, name);
                call.put("index", index);
                delta.putArray("tool_calls").add(call);
            }
            case CallSplitter.Part.Arguments(var index, var more) -> {
                ObjectNode call = delta.putArray("tool_calls").addObject();
                call.put("index", index).putObject("function").put("arguments", more);
            }
        }
        return delta;
    }

    private ObjectNode begun(int index, String name) {
        ObjectNode call = Json.object();
        call.put("id", prefix + index);
        call.put("type", "function");
        call.putObject("function").put("name", name).put("arguments", "");
        return call;
    }
}
