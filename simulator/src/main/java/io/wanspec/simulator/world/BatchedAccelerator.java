package io.wanspec.simulator.world;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * A processor that serves many sessions in batched passes, formed anew for every pass from what is ready (continuous
 * batching). Where it serves passes of several kinds, those that were added first go first.
 *
 * <p>A pass begins behind everything else that happens at its instant: an answer and the question that follows from it take no
 * time, and what they bring takes part.
 */
public final class BatchedAccelerator {
    private final VirtualTime time;
    private final List<Batches> kinds = new ArrayList<>();
    private boolean working;
    private boolean planned;
    private final long pauseNanos;
    private long busyNanos;
    private long restsUntil;

    public BatchedAccelerator(VirtualTime time) {
        this(time, 0);
    }

    /** @param pauseNanos between two passes, so that questions which follow from answers take part in the next */
    public BatchedAccelerator(VirtualTime time, long pauseNanos) {
        this.time = time;
        this.pauseNanos = pauseNanos;
    }

    /**
     * Another kind of passes.
     *
     * @param rowsMax most rows of a pass
     * @param nanos of a pass over so many rows
     */
    public Batches serve(int rowsMax, IntToLongFunction nanos) {
        return serve(rowsMax, nanos, 0);
    }

    /** @param answerNanos from a pass's end until those who asked know of it */
    public Batches serve(int rowsMax, IntToLongFunction nanos, long answerNanos) {
        Batches batches = new Batches(time, rowsMax, nanos, answerNanos, this::plan);
        kinds.add(batches);
        return batches;
    }

    /** Time spent in passes until now, those that are under way to their end. */
    public long busyNanos() {
        return busyNanos;
    }

    private void plan() {
        if (!planned && !working) {
            planned = true;
            // What has been planned for this instant happens first, and so does what that leads to.
            time.at(Math.max(time.now(), restsUntil), () -> time.at(time.now(), this::begin));
        }
    }

    private void begin() {
        planned = false;
        for (Batches kind : kinds) {
            if (!kind.isEmpty()) {
                working = true;
                Batches.Pass pass = kind.next();
                busyNanos += pass.nanos();
                time.at(time.now() + pass.nanos(), () -> end(pass));
                return;
            }
        }
    }

    private void end(Batches.Pass pass) {
        working = false;
        restsUntil = time.now() + pauseNanos;
        pass.tell();
        plan();
    }
}
