package io.wanspec.functions.http;

import io.wanspec.controller.SeenText;
import io.wanspec.functions.follow.Rendering;
import io.wanspec.functions.responses.EventSequence;
import io.wanspec.functions.responses.NumberedEvent;
import io.wanspec.functions.responses.ResponseHead;
import io.wanspec.functions.session.SessionOutcome;
import java.util.List;

/** A response's events, or what is left of them behind one that the client has. */
final class ResponseRendering implements Rendering {
    /** From the first event on. */
    static final int FROM_START = -1;

    private final EventSequence events;
    private final int startingAfter;

    /** @param startingAfter number of the last event that the client has */
    ResponseRendering(ResponseHead head, int startingAfter) {
        events = new EventSequence(head);
        this.startingAfter = startingAfter;
    }

    @Override
    public List<byte[]> begin() {
        return wanted(events.begin());
    }

    @Override
    public List<byte[]> pieces(List<String> pieces) {
        return seen(SeenText.of(pieces));
    }

    @Override
    public List<byte[]> seen(SeenText seen) {
        return wanted(events.seen(seen));
    }

    @Override
    public List<byte[]> end(SessionOutcome outcome) {
        return wanted(events.end(ResponseEnds.of(outcome)));
    }

    private List<byte[]> wanted(List<NumberedEvent> some) {
        return some.stream()
                .filter(event -> event.number() > startingAfter)
                .map(NumberedEvent::bytes)
                .toList();
    }
}
