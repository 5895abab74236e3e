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

    PassBatch(int rowsMax) {
        this.rowsMax = rowsMax;
    }

    /** Takes a job's request if there is room for it; one that is larger than a pass has it to itself. */
    boolean add(QueuedJob job, PassRequest request) {
        int more = request.part().rows();
        int moreFill = request.part().isFill() ? more : 0;
        if (!jobs.isEmpty()
                && (request.engine() != engine()
                        || rows + more > rowsMax
                        || (moreFill > 0 && fillRows + moreFill > Engine.PREFILL_TOKENS_MAX))) {
            return false;
        }
        jobs.add(job);
        requests.add(request);
        rows += more;
        fillRows += moreFill;
        return true;
    }

    boolean isEmpty() {
        return jobs.isEmpty();
    }

    int rows() {
        return rows;
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
