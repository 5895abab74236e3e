package io.wanspec.emulator.wan;

import java.util.SplittableRandom;

/** What a link's connections read of its controls; written by any thread, read by the event loops. */
final class WanState {
    private final int inFlightBytesMax;
    private volatile WanProfile profile;
    private volatile boolean stalled;
    private volatile boolean cut;

    WanState(WanSettings settings) {
        this.profile = settings.profile();
        this.inFlightBytesMax = settings.inFlightBytesMax();
    }

    WanProfile profile() {
        return profile;
    }

    void profile(WanProfile next) {
        profile = next;
    }

    boolean stalled() {
        return stalled;
    }

    void stalled(boolean now) {
        stalled = now;
    }

    boolean cut() {
        return cut;
    }

    void cut(boolean now) {
        cut = now;
    }

    int inFlightBytesMax() {
        return inFlightBytesMax;
    }

    /** One draw of the exponential distribution, by inversion; 0 without a draw where there is no jitter. */
    static long jitterNanos(WanProfile profile, SplittableRandom random) {
        if (profile.jitterMean().isZero()) {
            return 0;
        }
        return (long) (-Math.log1p(-random.nextDouble()) * profile.jitterMean().toNanos());
    }
}
