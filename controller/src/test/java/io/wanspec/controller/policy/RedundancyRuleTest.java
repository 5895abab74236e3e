package io.wanspec.controller.policy;

import static io.wanspec.controller.policy.RedundancyRule.draftsInBusyRegion;
import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.controller.policy.RedundancyRule.Gap;
import org.junit.jupiter.api.Test;

class RedundancyRuleTest {
    private static final long NEVER = Long.MAX_VALUE;
    private static final Redundancy VALUE = new Redundancy.Value(Price.share(1), 1);
    private static final Redundancy ENTROPY = new Redundancy.Entropy(1);

    @Test
    void neverAndAlwaysDoNotLook() {
        Gap gap = new Gap(true, 0, 10, 0, 0, 0, 100);
        assertThat(draftsInBusyRegion(new Redundancy.Never(), gap)).isFalse();
        assertThat(draftsInBusyRegion(new Redundancy.Always(), gap)).isTrue();
    }

    @Test
    void valueIsWhatTheGuessSavesUntilTheRemoteOneComes() {
        assertThat(draftsInBusyRegion(VALUE, gap(NEVER, 100, 90))).isTrue();
        assertThat(draftsInBusyRegion(VALUE, gap(NEVER, 80, 90))).isFalse();
        assertThat(draftsInBusyRegion(VALUE, gap(145, 100, 90)))
                .as("95 after it is needed")
                .isTrue();
        assertThat(draftsInBusyRegion(VALUE, gap(130, 100, 90))).as("80 after").isFalse();
        assertThat(draftsInBusyRegion(VALUE, gap(40, 100, 0))).as("in time").isFalse();
    }

    @Test
    void entropyDraftsOutOfStepWhereTheDraftIsSure() {
        assertThat(draftsInBusyRegion(ENTROPY, new Gap(false, 100, 10, 50, 900, 20, 10)))
                .isTrue();
        assertThat(draftsInBusyRegion(ENTROPY, new Gap(true, 100, 10, 50, 900, 20, 10)))
                .isFalse();
        assertThat(draftsInBusyRegion(ENTROPY, new Gap(false, 5, 10, 50, 900, 20, 10)))
                .isFalse();
        assertThat(draftsInBusyRegion(ENTROPY, new Gap(false, 100, 10, 50, 1_001, 20, 10)))
                .isFalse();
        assertThat(draftsInBusyRegion(ENTROPY, new Gap(false, 100, 10, 50, 900, 9, 10)))
                .isFalse();
    }

    /** Needed at 50, a busy-region draft token would be here at 10. */
    private static Gap gap(long remoteArrival, double gain, double price) {
        return new Gap(false, remoteArrival, 10, 50, 0, gain, price);
    }
}
