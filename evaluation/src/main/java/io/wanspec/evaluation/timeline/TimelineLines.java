package io.wanspec.evaluation.timeline;

import io.wanspec.contracts.timeline.TimelineCodec;
import java.util.List;
import java.util.Optional;

/** The lines of a timeline, wherever they stand: by themselves, or as comments of a stream. */
public final class TimelineLines {
    private static final String MARK = ": wanspec-timeline ";

    private TimelineLines() {}

    /** The event that a line of a stream has; empty if it is another line. */
    public static Optional<String> ofStream(String line) {
        return line.startsWith(MARK) ? Optional.of(line.substring(MARK.length())) : Optional.empty();
    }

    /** All events of a file of events, or of a stream that was written to one. */
    public static List<String> in(String text) {
        return text.lines()
                .map(line -> ofStream(line).orElse(line))
                .filter(line -> TimelineCodec.decode(line).isPresent())
                .toList();
    }
}
