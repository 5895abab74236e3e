package io.wanspec.cli;

import io.wanspec.contracts.timeline.TimelineCodec;
import io.wanspec.contracts.timeline.TimelineEvent;
import io.wanspec.evaluation.timeline.TextLanes;
import java.util.ArrayList;
import java.util.List;

/** A request while it is answered: the end of its text so far, and the lanes of what happened. */
final class LiveRun {
    private final String title;
    private final StringBuilder text = new StringBuilder();
    private final List<TimelineEvent> events = new ArrayList<>();

    LiveRun(String title) {
        this.title = title;
    }

    void text(String piece) {
        text.append(piece);
    }

    /** @param line of the timeline */
    void happened(String line) {
        TimelineCodec.decode(line).ifPresent(events::add);
    }

    /** @param rows how many there may be; the lanes come first, since a text may be cut */
    List<String> lines(int columns, int rows) {
        List<String> lanes = lanes(columns);
        List<String> words = Wrapping.lines(text.toString(), columns);
        int room = Math.max(0, rows - lanes.size() - 2);
        List<String> lines = new ArrayList<>(List.of(title));
        lines.addAll(words.subList(Math.max(0, words.size() - room), words.size()));
        lines.add("");
        lines.addAll(lanes);
        return lines;
    }

    List<String> lanes(int columns) {
        return TextLanes.lanes(events, columns);
    }
}
