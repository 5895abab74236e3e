package io.wanspec.functions.responses;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.TokenLogprobs;
import io.wanspec.controller.SeenText;
import io.wanspec.functions.schema.CallSplitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The events of a response's stream, in order, each with its number. They follow from the head, the pieces of the text and
 * the end alone: however the pieces come in rounds, whoever tells them, and whenever, number and bytes of each event are the
 * same. So a stream that broke is continued behind any event.
 *
 * <p>A piece is what one token shows; one that shows nothing makes no event, nor one that may be the beginning of a call.
 */
public final class EventSequence {
    private static final String WHOLE = "completed";

    private final ResponseHead head;
    private final ResponseJson json;
    private final List<String> shown = new ArrayList<>();
    private final List<TokenLogprobs> told = new ArrayList<>();

    /** How many of those were told with an event, or wait for the next. */
    private int toldSoFar;

    private final OutputItems items;
    private boolean messageIsOpen;
    private int next;

    public EventSequence(ResponseHead head) {
        this.head = head;
        this.json = new ResponseJson(head);
        items = new OutputItems(head);
    }

    /** Whether there is a message at all: not if the end came before any text, and was none of the model's. */
    static boolean hasMessage(String text, TextEnd end) {
        return !text.isEmpty()
                || switch (end) {
                    case TextEnd.Completed completed -> true;
                    case TextEnd.Full full -> true;
                    case TextEnd.Cancelled cancelled -> false;
                    case TextEnd.Abandoned abandoned -> false;
                    case TextEnd.Failed failed -> false;
                };
    }

    /** The first events; once. */
    public List<NumberedEvent> begin() {
        List<NumberedEvent> events = new ArrayList<>();
        if (head.options().background()) {
            events.add(whole("response.created", ResponseState.begun(ResponseState.Phase.QUEUED)));
            events.add(whole("response.queued", ResponseState.begun(ResponseState.Phase.QUEUED)));
        } else {
            events.add(whole("response.created", ResponseState.begun(ResponseState.Phase.IN_PROGRESS)));
        }
        events.add(whole("response.in_progress", ResponseState.begun(ResponseState.Phase.IN_PROGRESS)));
        return events;
    }

    /** The text's next pieces, as they come, with the log-probabilities of their tokens. */
    public List<NumberedEvent> seen(SeenText seen) {
        List<NumberedEvent> events = new ArrayList<>();
        for (int i = 0; i < seen.texts().size(); i++) {
            String piece = seen.texts().get(i);
            told.addAll(seen.logprobs().isEmpty() ? List.of() : seen.logprobs().get(i));
            if (!piece.isEmpty()) {
                shown.add(piece);
                parts(events, items.take(piece));
            }
        }
        return events;
    }

    private void parts(List<NumberedEvent> events, List<CallSplitter.Part> parts) {
        for (CallSplitter.Part part : parts) {
            switch (part) {
                case CallSplitter.Part.Text(var text) -> text(events, text);
                case CallSplitter.Part.Call(var call, var _) -> openCall(events, call);
                case CallSplitter.Part.Arguments(var call, var more) ->
                    events.add(
                            callPart(call, "response.function_call_arguments.delta", data -> data.put("delta", more)));
            }
        }
    }

    private void text(List<NumberedEvent> events, String text) {
        if (!messageIsOpen) {
            openMessage(events);
        }
        events.add(part("response.output_text.delta", data -> {
            data.put("delta", text);
            data.set("logprobs", LogprobEntries.of(told.subList(toldSoFar, told.size())));
        }));
        toldSoFar = told.size();
    }

    /** The last events; once. */
    public List<NumberedEvent> end(TextEnd end) {
        List<NumberedEvent> events = new ArrayList<>();
        parts(events, items.end());
        var seen = new SeenText(List.of(String.join("", shown)), List.of(told));
        var state = new ResponseState(
                ResponseState.Phase.IN_PROGRESS,
                shown.isEmpty() && told.isEmpty() ? SeenText.none() : seen,
                Optional.of(end));
        switch (end) {
            case TextEnd.Completed completed -> {
                closeLast(events, ResponseJson.itemStatus(end));
                events.add(whole("response.completed", state));
            }
            case TextEnd.Full full -> {
                closeLast(events, ResponseJson.itemStatus(end));
                events.add(whole("response.incomplete", state));
            }
            // OpenAI has no event for these two; clients know this one as a last one.
            case TextEnd.Cancelled cancelled -> events.add(whole("response.incomplete", state));
            case TextEnd.Abandoned abandoned -> events.add(whole("response.incomplete", state));
            case TextEnd.Failed failed -> events.add(whole("response.failed", state));
        }
        return events;
    }

    /** A call begins: what was before it is whole. */
    private void openCall(List<NumberedEvent> events, int call) {
        if (call > 0) {
            closeCall(events, call - 1, WHOLE);
        } else if (messageIsOpen) {
            closeMessage(events, WHOLE);
        }
        events.add(event("response.output_item.added", data -> {
            data.put("output_index", items.indexOf(call));
            data.set("item", items.json(call, "in_progress", ""));
        }));
    }

    private void closeCall(List<NumberedEvent> events, int call, String status) {
        String arguments = items.argumentsOf(call);
        events.add(callPart(
                call,
                "response.function_call_arguments.done",
                data -> data.put("name", items.nameOf(call)).put("arguments", arguments)));
        events.add(event("response.output_item.done", data -> {
            data.put("output_index", items.indexOf(call));
            data.set("item", items.json(call, status, arguments));
        }));
    }

    private NumberedEvent callPart(int call, String type, Filling filling) {
        return event(type, data -> {
            data.put("item_id", items.idOf(call));
            data.put("output_index", items.indexOf(call));
            filling.fill(data);
        });
    }

    private void closeLast(List<NumberedEvent> events, String status) {
        if (items.calls() > 0) {
            closeCall(events, items.calls() - 1, status);
        } else {
            closeMessage(events, status);
        }
    }

    private void openMessage(List<NumberedEvent> events) {
        messageIsOpen = true;
        events.add(event("response.output_item.added", data -> {
            data.put("output_index", 0);
            data.set("item", json.item("in_progress", JsonNodeFactory.instance.arrayNode()));
        }));
        events.add(part("response.content_part.added", data -> data.set("part", ResponseJson.textPart("", List.of()))));
    }

    private void closeMessage(List<NumberedEvent> events, String status) {
        String text = items.text();
        if (!messageIsOpen) {
            openMessage(events);
        }
        events.add(part(
                "response.output_text.done", data -> data.put("text", text).set("logprobs", LogprobEntries.of(told))));
        events.add(part("response.content_part.done", data -> data.set("part", ResponseJson.textPart(text, told))));
        events.add(event("response.output_item.done", data -> {
            data.put("output_index", 0);
            data.set("item", json.item(status, ResponseJson.content(text, told)));
        }));
    }

    private NumberedEvent whole(String type, ResponseState state) {
        return event(type, data -> data.set("response", json.of(state)));
    }

    private NumberedEvent part(String type, Filling filling) {
        return event(type, data -> {
            data.put("item_id", head.id().outputItem());
            data.put("output_index", 0);
            data.put("content_index", 0);
            filling.fill(data);
        });
    }

    private NumberedEvent event(String type, Filling filling) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        int number = next++;
        data.put("type", type);
        data.put("sequence_number", number);
        filling.fill(data);
        return new NumberedEvent(number, type, data);
    }

    /** Puts an event's own fields behind those that all have. */
    private interface Filling {
        void fill(ObjectNode data);
    }
}
