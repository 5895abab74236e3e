package io.wanspec.simulator.advice;

/**
 * What drafts in a region are expected to do in an hour of UTC.
 *
 * @param weight share of the day's tokens that are asked for in it
 * @param saved share of B1's busy-region draft passes that are not made
 * @param latency of a token, over B1's
 * @param busyPassesNotMade a token
 * @param usd a million tokens
 * @param b1Usd the same with B1
 */
public record HourOutcome(
        int utcHour, double weight, double saved, double latency, double busyPassesNotMade, double usd, double b1Usd) {
    /**
     * By which regions are ranked: what is saved of B1's busy-region draft passes, of its latency and of its money, each as a share of
     * B1's. A hundredth of one counts as much as a hundredth of another.
     */
    public double score() {
        return saved + (1 - latency) + (1 - usd / b1Usd);
    }
}
