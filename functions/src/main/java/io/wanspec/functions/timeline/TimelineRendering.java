package io.wanspec.functions.timeline;

import io.wanspec.contracts.SessionId;
import io.wanspec.controller.SeenText;
import io.wanspec.functions.follow.Rendering;
import io.wanspec.functions.session.SessionOutcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream with the session's events before the text that they led to. An event is a comment: readers of server-sent events pass over
 * those, whatever they make of events that they do not know.
 */
final class TimelineRendering implements Rendering {
    static final String MARK = ": wanspec-timeline ";

    private final Rendering stream;
    private final RecentTimelines recent;
    private final SessionId session;
    private final OptionalInt choice;
    private @Nullable TimelineLog log;
    private int told;

    /** @param choice of several texts in one stream, which one it is */
    TimelineRendering(Rendering stream, RecentTimelines recent, SessionId session, OptionalInt choice) {
        this.stream = stream;
        this.recent = recent;
        this.session = session;
        this.choice = choice;
    }

    @Override
    public List<byte[]> begin() {
        return behindEvents(stream::begin);
    }

    @Override
    public List<byte[]> pieces(List<String> pieces) {
        return behindEvents(() -> stream.pieces(pieces));
    }

    @Override
    public List<byte[]> seen(SeenText seen) {
        return behindEvents(() -> stream.seen(seen));
    }

    @Override
    public List<byte[]> end(SessionOutcome outcome) {
        return behindEvents(() -> stream.end(outcome));
    }

    private List<byte[]> behindEvents(Supplier<List<byte[]>> next) {
        List<byte[]> all = new ArrayList<>();
        for (byte[] event : events()) {
            all.add(comment(event));
            told++;
        }
        all.addAll(next.get());
        return all;
    }

    /** A log is held on to, since others may let go of it, until it is read to its end: then another one may go on with its text. */
    private List<byte[]> events() {
        if (log == null || (log.isEnded() && log.from(told).isEmpty())) {
            TimelineLog newest = recent.find(session).orElse(log);
            told = newest == log ? told : 0;
            log = newest;
        }
        return log == null ? List.of() : log.from(told);
    }

    private byte[] comment(byte[] event) {
        String json = new String(event, StandardCharsets.UTF_8);
        String line = choice.isPresent() ? "{\"choice\":" + choice.getAsInt() + "," + json.substring(1) : json;
        return (MARK + line + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
