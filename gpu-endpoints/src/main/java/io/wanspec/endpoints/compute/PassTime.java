package io.wanspec.endpoints.compute;

import io.wanspec.contracts.PassLoad;

/**
 * A pass as one of its sequences sees it.
 *
 * @param nanos that it took, padding included
 * @param rows of all its sequences
 * @param sequences that shared it
 * @param waitedNanos between the job's being ready and the pass
 * @param rowNanos what one more row would have added, or in a full pass a row's share of it; 0 if that is not known
 * @param draftRows how many of the rows were draft tokens
 */
public record PassTime(long nanos, int rows, int sequences, long waitedNanos, long rowNanos, int draftRows) {
    /** In whole microseconds, as frames have it. */
    public long micros() {
        return nanos / 1_000;
    }

    /** The same in the words of frames. */
    public PassLoad load() {
        return new PassLoad(rows, sequences, waitedNanos / 1_000, rowNanos / 1_000, draftRows);
    }
}
