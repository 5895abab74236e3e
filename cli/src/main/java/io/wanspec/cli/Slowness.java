package io.wanspec.cli;

import io.wanspec.local.launch.Pace;

/** {@code --slow}: how many times as long as a pace everything takes. */
final class Slowness {
    private static final double MOST = 10;

    private Slowness() {}

    static double read(Bounds bounds, String value) {
        return bounds.number("--slow", value, 1, MOST, "", "--slow 2");
    }

    /** It slows a pace down, so there must be one. */
    static void require(Bounds bounds, double slowness, Pace pace) {
        if (slowness != 1 && !pace.isPaced()) {
            throw bounds.outside("--slow", "" + slowness, "1 without a pace", "--pace reference");
        }
    }
}
