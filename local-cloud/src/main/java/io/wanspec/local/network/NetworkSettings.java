package io.wanspec.local.network;

import io.wanspec.emulator.wan.WanProfile;

/**
 * Ports and the network between the regions. Port 0 means a free one.
 *
 * @param busySageMakerPort SageMaker in the busy region
 * @param draftSageMakerPort SageMaker in the draft region, as seen from inside that region
 * @param wanPort the same, as seen from the busy region: behind the wide-area network
 * @param wan the first profile of the network between the regions
 * @param seed seed of the network's jitter
 */
public record NetworkSettings(int busySageMakerPort, int draftSageMakerPort, int wanPort, WanProfile wan, long seed) {
    /** Free ports everywhere. */
    public static NetworkSettings onFreePorts(WanProfile wan, long seed) {
        return new NetworkSettings(0, 0, 0, wan, seed);
    }
}
