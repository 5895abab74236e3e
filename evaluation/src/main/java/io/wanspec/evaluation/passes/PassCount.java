package io.wanspec.evaluation.passes;

/**
 * Passes of one size at one model server.
 *
 * @param late those that took longer than the pace
 * @param ownMs sum of what they took by themselves
 * @param paddedMs sum of what they took with their padding
 */
public record PassCount(String server, int tokens, long passes, long late, double ownMs, double paddedMs) {
    /** What came on top of an earlier count. */
    public PassCount minus(PassCount earlier) {
        return new PassCount(
                server,
                tokens,
                passes - earlier.passes,
                late - earlier.late,
                ownMs - earlier.ownMs,
                paddedMs - earlier.paddedMs);
    }

    /** Both, as passes of the larger size. */
    public PassCount plus(PassCount other) {
        return new PassCount(
                server,
                Math.max(tokens, other.tokens),
                passes + other.passes,
                late + other.late,
                ownMs + other.ownMs,
                paddedMs + other.paddedMs);
    }
}
