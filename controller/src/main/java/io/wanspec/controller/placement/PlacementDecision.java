package io.wanspec.controller.placement;

import io.wanspec.contracts.WorkerId;
import java.util.List;
import java.util.Optional;

/**
 * Who drafts for a session.
 *
 * @param verdicts on every place: those that draft, those that stand by, the better ones first, and those that are left out
 */
public record PlacementDecision(List<PlaceVerdict> verdicts) {
    public PlacementDecision {
        verdicts = List.copyOf(verdicts);
    }

    /** The place that drafts; absent if none can. */
    public Optional<WorkerId> chosen() {
        return verdicts.stream()
                .filter(verdict -> verdict.part() == PlaceVerdict.Part.DRAFTS)
                .map(PlaceVerdict::id)
                .findFirst();
    }

    /** Those that draft or could, in their order. */
    public List<PlaceVerdict> usable() {
        return verdicts.stream()
                .filter(verdict -> verdict.part() != PlaceVerdict.Part.LEFT_OUT)
                .toList();
    }
}
