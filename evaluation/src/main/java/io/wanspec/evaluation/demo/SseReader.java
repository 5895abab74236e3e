package io.wanspec.evaluation.demo;

import java.util.Optional;

/** Server-sent events, line by line. Only the data matters here; names, ids and comments are passed over. */
public final class SseReader {
    private final StringBuilder data = new StringBuilder();
    private boolean hasData;

    /** Takes one line without its end; yields an event's data when the line completes it. */
    public Optional<String> line(String line) {
        if (line.isEmpty()) {
            return complete();
        }
        if (line.startsWith("data:")) {
            if (hasData) {
                data.append('\n');
            }
            hasData = true;
            data.append(line, line.startsWith("data: ") ? 6 : 5, line.length());
        }
        return Optional.empty();
    }

    private Optional<String> complete() {
        Optional<String> event = hasData ? Optional.of(data.toString()) : Optional.empty();
        data.setLength(0);
        hasData = false;
        return event;
    }
}
