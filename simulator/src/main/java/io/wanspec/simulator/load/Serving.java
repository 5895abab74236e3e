package io.wanspec.simulator.load;

import io.wanspec.simulator.world.BatchedAccelerator;
import io.wanspec.simulator.world.Batches;
import io.wanspec.simulator.world.PassServer;
import io.wanspec.simulator.world.PassTimes;
import io.wanspec.simulator.world.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What serves many sessions. A pass takes as long as its rows say: those of all its sessions, rounded up to a multiple of
 * {@code rowsPadded}.
 *
 * @param rowsMax most rows of a target pass; what is ready beyond them waits for the next
 * @param rowsPadded what the rows of a target pass are padded to a multiple of; 1 for no padding
 * @param drafts where the busy region's drafts run
 * @param remoteProcessors how many processors the draft region has, each of which drafts for several sessions in batches; 0
 *     for one a session
 * @param answerMs from the end of a target pass until the session asks again, beside what it waits for
 * @param pauseMs between two target passes; no less than {@code answerMs}, or who asks again at once misses every other pass
 */
public record Serving(int rowsMax, int rowsPadded, Seat drafts, int remoteProcessors, double answerMs, double pauseMs) {
    /** Most rows of a draft pass: more sessions than these wait for the next. */
    private static final int DRAFT_ROWS_MAX = 128;

    private static final double NANOS_PER_MS = 1e6;

    /** What the studies take: passes of up to 128 rows, not padded; drafts beside the target. */
    public static final Serving REFERENCE = new Serving(128, 1, Seat.BESIDE, 0, 0, 0);

    /** Where the busy region drafts. */
    public enum Seat {
        /** On an accelerator of its own, beside the target's. */
        BESIDE,
        /** On the target's, whose passes wait while there are drafts to be made. */
        SHARED
    }

    public Serving {
        if (rowsPadded < 1
                || rowsMax < 65
                || rowsMax % rowsPadded != 0
                || remoteProcessors < 0
                || !(answerMs >= 0 && pauseMs >= 0)) {
            throw new IllegalArgumentException("a pass takes a run and its own token, at least, in whole paddings");
        }
    }

    public Serving padded(int rows) {
        return new Serving(rowsMax, rows, drafts, remoteProcessors, answerMs, pauseMs);
    }

    public Serving with(Seat seat) {
        return new Serving(rowsMax, rowsPadded, seat, remoteProcessors, answerMs, pauseMs);
    }

    public Serving withRemoteProcessors(int number) {
        return new Serving(rowsMax, rowsPadded, drafts, number, answerMs, pauseMs);
    }

    public Serving answering(double afterMs, double restsMs) {
        return new Serving(rowsMax, rowsPadded, drafts, remoteProcessors, afterMs, restsMs);
    }

    /** The machines, with nobody at them. */
    Machines machines(VirtualTime time, PassTimes times) {
        BatchedAccelerator accelerator = new BatchedAccelerator(time, nanos(pauseMs));
        BatchedAccelerator drafting = drafts == Seat.SHARED ? accelerator : new BatchedAccelerator(time);
        // In one engine the drafts go first: the target verifies them all in one pass then.
        Batches busyDrafts = drafting.serve(DRAFT_ROWS_MAX, times::busyDraftNanos);
        Batches target = accelerator.serve(rowsMax, rows -> times.targetNanos(whole(rows) - 1), nanos(answerMs));
        return new Machines(accelerator, target, busyDrafts, remotes(time, times));
    }

    private static long nanos(double ms) {
        return Math.round(ms * NANOS_PER_MS);
    }

    private int whole(int rows) {
        return (rows + rowsPadded - 1) / rowsPadded * rowsPadded;
    }

    private Supplier<PassServer> remotes(VirtualTime time, PassTimes times) {
        if (remoteProcessors == 0) {
            return () -> remote(time, times);
        }
        List<PassServer> pool = new ArrayList<>();
        for (int i = 0; i < remoteProcessors; i++) {
            pool.add(remote(time, times));
        }
        int[] next = {0};
        return () -> pool.get(next[0]++ % pool.size());
    }

    private static PassServer remote(VirtualTime time, PassTimes times) {
        return new BatchedAccelerator(time).serve(DRAFT_ROWS_MAX, times::remoteDraftNanos);
    }

    /**
     * @param accelerator the target's
     * @param remoteDrafts the processor of the next session's worker in the draft region
     */
    record Machines(
            BatchedAccelerator accelerator, Batches target, Batches busyDrafts, Supplier<PassServer> remoteDrafts) {}
}
