package io.wanspec.controller.policy;

/** Whether the busy region drafts the next unknown position itself. */
public final class RedundancyRule {
    private RedundancyRule() {}

    /**
     * The position behind the guesses that are known.
     *
     * @param remoteInStep whether a remote worker drafts on the branch that the target is on
     * @param remoteArrivalNanos when a remote guess of it is expected; {@link Long#MAX_VALUE} for never
     * @param busyArrivalNanos when a busy-region guess of it would be here
     * @param lastEntropyMilliNats of the guess before it, 0 right behind the committed prefix
     * @param gainNanos what a guess is expected to save: its probability of being accepted times a token's time
     * @param priceNanos what it costs: the time of a busy-region draft pass
     */
    public record Gap(
            boolean remoteInStep,
            long remoteArrivalNanos,
            long busyArrivalNanos,
            int lastEntropyMilliNats,
            double gainNanos,
            double priceNanos) {}

    public static boolean draftsInBusyRegion(Redundancy redundancy, Gap gap) {
        return switch (redundancy) {
            case Redundancy.Never never -> false;
            case Redundancy.Always always -> true;
            case Redundancy.Entropy entropy ->
                !gap.remoteInStep()
                        && gap.remoteArrivalNanos() > gap.busyArrivalNanos()
                        && gap.lastEntropyMilliNats() <= entropy.thresholdNats() * 1_000
                        && gap.gainNanos() > gap.priceNanos();
        };
    }
}
