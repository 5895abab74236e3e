package io.wanspec.controller.timeline;

import io.wanspec.contracts.timeline.TokenSource;
import java.util.EnumMap;
import java.util.Map;

/** How many tokens came from each source. */
final class SourceCounts {
    private final Map<TokenSource, Integer> counts = new EnumMap<>(TokenSource.class);

    void add(TokenSource source) {
        counts.merge(source, 1, Integer::sum);
    }

    int of(TokenSource source) {
        return counts.getOrDefault(source, 0);
    }
}
