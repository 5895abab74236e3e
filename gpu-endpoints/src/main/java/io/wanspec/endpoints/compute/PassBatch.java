package io.wanspec.endpoints.compute;

import io.wanspec.endpoints.model.SequencePass;
import java.util.ArrayList;
import java.util.List;

/** The parts of one pass while they are gathered, within its bounds. */
final class PassBatch {
    private final int rowsMax;
    private final List<QueuedJob> jobs = new ArrayList<>();
    private final List<PassRequest> requests = new ArrayList<>();
    private int rows;
    private int fillRows;
    private int draftRows;

    /** Whether somebody waits for another pass because this one has no more rows. */
    private boolean full;

    PassBatch(int rowsMax) {
        this.rowsMax = rowsMax;
    }

    /** Takes a job's request if there is room for it; one that is larger than a pass has it to itself. */
    boolean add(QueuedJob job, PassRequest request) {
        int more = request.part().rows();
        int moreFill = request.part().isFill() ? more : 0;
        if (!jobs.isEmpty() && !holds(request, more, moreFill)) {
            return false;
        }
        jobs.add(job);
        requests.add(request);
        rows += more;
        fillRows += moreFill;
        draftRows += request.part() instanceof SequencePass.Tree ? more - 1 : 0;
        return true;
    }

    private boolean holds(PassRequest request, int more, int moreFill) {
        if (request.engine() != engine()) {
            return false;
        }
        if (rows + more > rowsMax) {
            full = true;
            return false;
        }
        return moreFill == 0 || fillRows + moreFill <= Engine.PREFILL_TOKENS_MAX;
    }

    /**
     * What a row of the pass costs. Where it is full, one more row would have taken the place of one that has to wait for another
     * pass: its share of a whole one.
     */
    long rowNanos(Engine.Ran ran) {
        return full ? ran.nanos() / rows : ran.rowNanos();
    }

    boolean isEmpty() {
        return jobs.isEmpty();
    }

    int rows() {
        return rows;
    }

    /** How many of them are draft tokens. */
    int draftRows() {
        return draftRows;
    }

    List<QueuedJob> jobs() {
        return jobs;
    }

    Engine engine() {
        return requests.getFirst().engine();
    }

    List<SequencePass> parts() {
        return requests.stream().map(PassRequest::part).toList();
    }
}
