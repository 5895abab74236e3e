package io.wanspec.simulator.world;

import io.wanspec.contracts.PassLoad;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.IntToLongFunction;

/** One kind of passes of a {@link BatchedAccelerator}, first come first served within the rows that a pass takes. */
public final class Batches implements PassServer {
    private static final long NANOS_PER_MICRO = 1_000;

    /** Over how many more rows it is measured what one costs. */
    private static final int STEP_ROWS = 8;

    private final VirtualTime time;
    private final int rowsMax;
    private final IntToLongFunction nanos;
    private final long answerNanos;
    private final Runnable whenAsked;
    private final Queue<Question> waiting = new ArrayDeque<>();
    private long passes;
    private long rows;

    private record Question(int rows, long sinceNanos, Done done) {}

    /** A pass that has begun. */
    record Pass(List<Runnable> ends, long nanos) {
        void tell() {
            ends.forEach(Runnable::run);
        }
    }

    Batches(VirtualTime time, int rowsMax, IntToLongFunction nanos, long answerNanos, Runnable whenAsked) {
        this.time = time;
        this.rowsMax = rowsMax;
        this.nanos = nanos;
        this.answerNanos = answerNanos;
        this.whenAsked = whenAsked;
    }

    @Override
    public void run(int many, Done done) {
        if (many < 1 || many > rowsMax) {
            throw new IllegalArgumentException("a pass takes 1 to " + rowsMax + " rows, asked for " + many);
        }
        waiting.add(new Question(many, time.now(), done));
        whenAsked.run();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Takes what is ready, as far as the rows reach: at least one question. */
    Pass next() {
        List<Question> taken = new ArrayList<>();
        int size = 0;
        for (Question next = waiting.peek(); next != null && size + next.rows() <= rowsMax; next = waiting.peek()) {
            taken.add(waiting.remove());
            size += next.rows();
        }
        passes++;
        rows += size;
        return pass(taken, size);
    }

    private Pass pass(List<Question> taken, int size) {
        long passNanos = nanos.applyAsLong(size);
        long rowNanos = rowNanos(size, passNanos);
        List<Runnable> ends = new ArrayList<>();
        for (Question each : taken) {
            PassLoad load = new PassLoad(
                    size,
                    taken.size(),
                    (time.now() - each.sinceNanos()) / NANOS_PER_MICRO,
                    rowNanos / NANOS_PER_MICRO,
                    size - taken.size());
            ends.add(() -> tell(each.done(), passNanos, load));
        }
        return new Pass(ends, passNanos);
    }

    private void tell(Done done, long passNanos, PassLoad load) {
        if (answerNanos == 0) {
            done.ended(passNanos, load);
        } else {
            time.at(time.now() + answerNanos, () -> done.ended(passNanos, load));
        }
    }

    /** Where a pass is full, one more row takes the place of one that has to wait for another pass. */
    private long rowNanos(int size, long passNanos) {
        long more = (nanos.applyAsLong(size + STEP_ROWS) - passNanos) / STEP_ROWS;
        return Math.max(0, waiting.isEmpty() ? more : passNanos / size);
    }

    public long passes() {
        return passes;
    }

    /** Of all passes together. */
    public long rows() {
        return rows;
    }
}
