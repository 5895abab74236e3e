package io.wanspec.endpoints.compute;

import org.jspecify.annotations.Nullable;

/** A job with work to do, as the compute thread's queue has it; guarded by that queue's lock, but for {@link #request}. */
final class QueuedJob {
    final PassJob job;

    /** When it was last ready to be asked. */
    long readyNanos;

    /** Whether it was submitted since it was last asked. */
    boolean again;

    /** The number of the last pass that served it; 0 for none. */
    long servedIn;

    /** What it wants and the last pass had no room for; the compute thread's alone. */
    @Nullable
    PassRequest request;

    QueuedJob(PassJob job) {
        this.job = job;
    }
}
