package io.wanspec.simulator.placement;

import java.util.Comparator;
import java.util.List;

/**
 * What a day of placement came to.
 *
 * @param changes of place between two requests
 * @param moves of requests under way to another place
 * @param hedged requests with two places from the beginning
 */
public record PlacementResults(
        long seed, int requests, int tokens, int changes, int moves, int hedged, List<PlacementRow> rows) {
    public PlacementResults {
        rows = List.copyOf(rows);
    }

    /** The row of this name. */
    public PlacementRow row(String name) {
        return rows.stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
    }

    /** The draft region that is best if it is the only one. */
    public PlacementRow bestRegion() {
        return rows.stream()
                .filter(row -> row.kind().equals("region"))
                .min(Comparator.comparingDouble(PlacementRow::cost))
                .orElseThrow();
    }
}
