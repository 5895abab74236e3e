package io.wanspec.controller.placement;

import io.wanspec.contracts.WorkerId;
import java.util.List;
import java.util.Optional;

/**
 * Who shall draft for a session?
 *
 * @param candidates all places, those that cannot be used too
 * @param targetPassNanos of a pass of the target with a few draft tokens
 * @param acceptance probability that a draft token is accepted, given that those before it were
 * @param incumbent place of the session before, which is kept while it is about as good as the best
 * @param mayHedge whether a second worker may draft too
 * @param nowMillis milliseconds since 1970
 */
public record PlacementQuestion(
        List<PlaceCandidate> candidates,
        double targetPassNanos,
        double acceptance,
        Optional<WorkerId> incumbent,
        boolean mayHedge,
        long nowMillis) {
    /** Where no target's pass was measured yet. */
    public static final double TARGET_PASS_NANOS_DEFAULT = 40e6;

    public PlacementQuestion {
        candidates = List.copyOf(candidates);
        if (!(targetPassNanos > 0) || !(acceptance >= 0 && acceptance <= 1)) {
            throw new IllegalArgumentException("a pass takes time, and acceptance is between 0 and 1");
        }
    }
}
