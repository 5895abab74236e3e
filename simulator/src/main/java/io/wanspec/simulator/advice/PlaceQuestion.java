package io.wanspec.simulator.advice;

import io.wanspec.simulator.region.AwsRegion;
import io.wanspec.simulator.region.AwsRegions;
import java.util.List;

/**
 * For which target drafts are to be placed, and what may be chosen.
 *
 * @param candidates regions that may draft; the target's own is passed over
 * @param targetInstance SageMaker's type
 * @param draftInstance the same in the busy region and in the draft region
 */
public record PlaceQuestion(
        AwsRegion target,
        List<AwsRegion> candidates,
        DraftSupply supply,
        Demand demand,
        String targetInstance,
        String draftInstance) {
    public static final String TARGET_INSTANCE = "ml.g6.12xlarge";
    public static final String DRAFT_INSTANCE = "ml.g6.xlarge";

    public PlaceQuestion {
        candidates = candidates.stream()
                .filter(region -> !region.equals(target))
                .distinct()
                .toList();
    }

    /** Every region that is known, a busy target, the reference instances. */
    public static PlaceQuestion about(AwsRegion target, DraftSupply supply) {
        return new PlaceQuestion(target, AwsRegions.all(), supply, Demand.BUSY, TARGET_INSTANCE, DRAFT_INSTANCE);
    }
}
