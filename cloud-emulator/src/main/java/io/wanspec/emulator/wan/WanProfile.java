package io.wanspec.emulator.wan;

import java.time.Duration;

/**
 * How the network delays.
 *
 * <p>A piece of data that arrives at one side leaves at the other after {@code rtt / 2} plus a jitter drawn from the
 * exponential distribution with mean {@code jitterMean}, one draw per socket read; never before a piece that arrived
 * earlier (TCP delivers in order, so a late segment holds back those behind it). Setting up a connection costs one
 * {@code rtt} more, for the handshake. Loss is not modelled: what TCP shows of it is jitter.
 *
 * @param rtt round-trip time, not negative
 * @param jitterMean mean of the extra delay per direction and piece, not negative
 * @param bytesPerSecondMax bandwidth of one connection in each direction, bytes per second; 0 for no limit
 */
public record WanProfile(Duration rtt, Duration jitterMean, long bytesPerSecondMax) {
    /** No delay at all: the two sides are in one place. */
    public static final WanProfile NONE = of(Duration.ZERO);

    public WanProfile {
        if (rtt.isNegative() || jitterMean.isNegative() || bytesPerSecondMax < 0) {
            throw new IllegalArgumentException("a network cannot be faster than none: " + rtt + ", " + jitterMean + ", "
                    + bytesPerSecondMax + " bytes/s");
        }
    }

    /** A round-trip time without jitter or bandwidth limit. */
    public static WanProfile of(Duration rtt) {
        return new WanProfile(rtt, Duration.ZERO, 0);
    }

    public WanProfile withRtt(Duration newRtt) {
        return new WanProfile(newRtt, jitterMean, bytesPerSecondMax);
    }
}
