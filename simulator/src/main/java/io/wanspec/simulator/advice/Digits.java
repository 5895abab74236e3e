package io.wanspec.simulator.advice;

/** Figures to four digits behind the point, which is more than they are worth. */
final class Digits {
    private Digits() {}

    static double rounded(double value) {
        return Math.rint(value * 1e4) / 1e4;
    }
}
