package io.wanspec.controller.policy;

/** Whether the busy region drafts the next unknown position itself. */
public final class RedundancyRule {
    private RedundancyRule() {}

    /**
     * An unknown place.
     *
     * @param remoteInStep whether a remote worker drafts on the branch that the target is on
     * @param remoteArrivalNanos when a remote worker's draft token of it is expected; {@link Long#MAX_VALUE} for never
     * @param busyArrivalNanos when one drafted in the busy region would be here
     * @param neededNanos when the target could use it first
     * @param lastEntropyMilliNats of the draft token before it, 0 right behind the committed prefix
     * @param gainNanos what a pass is expected to save at most: how many of its draft tokens are accepted on average, times a
     *     token's time
     * @param priceNanos what it must be expected to save
     * @param rhythm when the target's passes begin
     */
    public record Gap(
            boolean remoteInStep,
            long remoteArrivalNanos,
            long busyArrivalNanos,
            long neededNanos,
            int lastEntropyMilliNats,
            double gainNanos,
            double priceNanos,
            PassRhythm rhythm) {
        /** Of a target that nobody else uses. */
        public Gap(
                boolean remoteInStep,
                long remoteArrivalNanos,
                long busyArrivalNanos,
                long neededNanos,
                int lastEntropyMilliNats,
                double gainNanos,
                double priceNanos) {
            this(
                    remoteInStep,
                    remoteArrivalNanos,
                    busyArrivalNanos,
                    neededNanos,
                    lastEntropyMilliNats,
                    gainNanos,
                    priceNanos,
                    PassRhythm.alone());
        }

        /** What a draft token is expected to save: the tokens' time, or less where the remote one is soon in a pass. */
        double valueNanos() {
            return remoteArrivalNanos == Long.MAX_VALUE
                    ? gainNanos
                    : Math.min(
                            gainNanos, rhythm.nanosLater(Math.max(neededNanos, busyArrivalNanos), remoteArrivalNanos));
        }
    }

    public static boolean draftsInBusyRegion(Redundancy redundancy, Gap gap) {
        return switch (redundancy) {
            case Redundancy.Never never -> false;
            case Redundancy.Always always -> true;
            case Redundancy.Entropy entropy ->
                !gap.remoteInStep()
                        && gap.remoteArrivalNanos() > gap.busyArrivalNanos()
                        && gap.lastEntropyMilliNats() <= entropy.thresholdNats() * 1_000
                        && gap.gainNanos() > gap.priceNanos();
            case Redundancy.Value value ->
                gap.remoteArrivalNanos() > Math.max(gap.neededNanos(), gap.busyArrivalNanos())
                        && gap.valueNanos() > gap.priceNanos();
        };
    }
}
