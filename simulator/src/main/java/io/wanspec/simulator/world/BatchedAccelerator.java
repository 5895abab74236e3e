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
    private long busyNanos;

    public BatchedAccelerator(VirtualTime time) {
        this.time = time;
    }

    /**
     * Another kind of passes.
     *
     * @param rowsMax most rows of a pass
     * @param nanos of a pass over so many rows
     */
    public Batches serve(int rowsMax, IntToLongFunction nanos) {
        Batches batches = new Batches(time, rowsMax, nanos, this::plan);
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
            time.at(time.now(), () -> time.at(time.now(), this::begin));
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
        pass.tell();
        plan();
    }
}
