package io.wanspec.simulator.world;

import io.wanspec.contracts.Limits;
import io.wanspec.simulator.trace.PassTable;
import java.util.function.IntToDoubleFunction;

/** Pass times from tables, interpolated once for every size that passes can have. */
final class MeasuredPassTimes implements PassTimes {
    private static final double NANOS_PER_MS = 1e6;
    private static final long INSTANT_NANOS = 1_000;

    /** A draft pass forwards the nodes that are wanted, and at times draft tokens that lead there; batches twice as many. */
    private static final int SIZES = 2 * (Limits.PASS_NODES_MAX + PassTable.TOKENS_MAX);

    /** By drafts. */
    private final long[] target;

    /** By nodes less one. */
    private final long[] busyDraft;

    private final long[] remoteDraft;

    private MeasuredPassTimes(long[] target, long[] busyDraft, long[] remoteDraft) {
        this.target = target;
        this.busyDraft = busyDraft;
        this.remoteDraft = remoteDraft;
    }

    static MeasuredPassTimes of(PassTable target, PassTable draft) {
        long[] drafting = nanos(i -> draft.ms(i + 1));
        return new MeasuredPassTimes(nanos(i -> target.ms(i + 1)), drafting, drafting);
    }

    @Override
    public long targetNanos(int drafts) {
        return target[drafts];
    }

    @Override
    public long busyDraftNanos(int nodes) {
        return busyDraft[nodes - 1];
    }

    @Override
    public long remoteDraftNanos(int nodes) {
        return remoteDraft[nodes - 1];
    }

    @Override
    public PassTimes inOneTurn() {
        long[] turns = target.clone();
        long[] instants = busyDraft.clone();
        for (int i = 0; i < SIZES; i++) {
            turns[i] += i * busyDraft[0];
            instants[i] = INSTANT_NANOS;
        }
        return new MeasuredPassTimes(turns, instants, remoteDraft);
    }

    private static long[] nanos(IntToDoubleFunction ms) {
        long[] nanos = new long[SIZES];
        for (int i = 0; i < SIZES; i++) {
            nanos[i] = (long) (ms.applyAsDouble(i) * NANOS_PER_MS);
        }
        return nanos;
    }
}
