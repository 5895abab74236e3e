package io.wanspec.controller.placement;

import io.wanspec.contracts.WorkerId;
import java.time.Duration;

/**
 * What one session, or one probe, has found of a place.
 *
 * @param replies first draft tokens that followed from something new
 * @param roundTripNanos from what was sent to such a reply, but for the pass; of the last ones, 0 without any
 * @param jitterNanos how much they differed from that, on average
 * @param passes that it made
 * @param passNanos of one, of the last ones; 0 without any
 * @param failures links that were refused or lost, or that it did not answer on in time
 */
public record PlaceFindings(
        WorkerId id, int replies, long roundTripNanos, long jitterNanos, int passes, long passNanos, int failures) {
    public PlaceFindings {
        if (replies < 0 || roundTripNanos < 0 || jitterNanos < 0 || passes < 0 || passNanos < 0 || failures < 0) {
            throw new IllegalArgumentException("nothing that was found is negative");
        }
    }

    /** A question that has nothing to do with any session was answered. */
    public static PlaceFindings answered(WorkerId id, Duration roundTrip) {
        return new PlaceFindings(id, 1, roundTrip.toNanos(), 0, 0, 0, 0);
    }

    public boolean isNothing() {
        return replies == 0 && passes == 0 && failures == 0;
    }
}
