package io.wanspec.evaluation.demo;

import io.wanspec.contracts.ledger.Ledger;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The same request in three modes.
 *
 * @param wanspec as WANSpec served it
 * @param colocated B1
 * @param targetOnly B0
 * @param runLength the fixed number of draft tokens a round in B1
 */
public record DemoComparison(Run wanspec, Run colocated, Run targetOnly, int runLength) {
    /** In the order in which they are shown. */
    public List<Run> runs() {
        return List.of(wanspec, colocated, targetOnly);
    }

    /** Whether the three agree, token for token, and therefore in their text. */
    public boolean identical() {
        return same(colocated) && same(targetOnly);
    }

    /** Busy-region draft passes of WANSpec over those of B1; absent if B1 had none. */
    public OptionalDouble busyDraftPassRatio() {
        return ratio(wanspec.ledger().busyDraftPasses(), colocated.ledger().busyDraftPasses());
    }

    /** Total time of WANSpec over that of B1; absent if B1 took none. */
    public OptionalDouble latencyRatio() {
        return ratio(wanspec.ledger().totalMs(), colocated.ledger().totalMs());
    }

    /** Total time of WANSpec over that of B0; absent if B0 took none. */
    public OptionalDouble latencyRatioToTargetOnly() {
        return ratio(wanspec.ledger().totalMs(), targetOnly.ledger().totalMs());
    }

    /** First position at which the runs differ, counted from 0 in the completion. */
    public int firstDifference() {
        return Math.min(
                wanspec.ledger().tokenIds().commonPrefix(colocated.ledger().tokenIds()),
                wanspec.ledger().tokenIds().commonPrefix(targetOnly.ledger().tokenIds()));
    }

    private boolean same(Run other) {
        Ledger mine = wanspec.ledger();
        Ledger theirs = other.ledger();
        return mine.tokenIds().equals(theirs.tokenIds()) && mine.text().equals(theirs.text());
    }

    private static OptionalDouble ratio(double value, double base) {
        return base == 0 ? OptionalDouble.empty() : OptionalDouble.of(value / base);
    }
}
