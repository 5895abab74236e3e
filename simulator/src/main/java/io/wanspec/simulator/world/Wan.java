package io.wanspec.simulator.world;

/**
 * The network between two regions, as a long-lived stream sees it: in order, nothing lost for good.
 *
 * @param rttMs round trip without jitter, in milliseconds
 * @param jitterMs mean of the exponential delay that each message suffers on top, one way
 * @param loss probability that a message has to be sent again, which costs another round trip and holds up those behind it
 * @param mbitPerS bandwidth each way, in megabits per second; 0 for unlimited
 */
public record Wan(double rttMs, double jitterMs, double loss, double mbitPerS) {
    private static final double RTT_MS_MAX = 10_000;

    public Wan {
        if (!(rttMs >= 0 && rttMs <= RTT_MS_MAX) || !(jitterMs >= 0 && jitterMs <= RTT_MS_MAX)) {
            throw new IllegalArgumentException("rtt and jitter must be between 0 and 10000 ms");
        }
        if (!(loss >= 0 && loss < 1) || !(mbitPerS >= 0)) {
            throw new IllegalArgumentException("loss must be in [0, 1), bandwidth at least 0");
        }
    }

    public static Wan of(double rttMs) {
        return new Wan(rttMs, 0, 0, 0);
    }

    public Wan withJitter(double ms) {
        return new Wan(rttMs, ms, loss, mbitPerS);
    }
}
