package io.wanspec.endpoints.compute;

/**
 * A pass as one of its sequences sees it.
 *
 * @param nanos that it took, padding included
 * @param rows of all its sequences
 * @param sequences that shared it
 * @param waitedNanos between the job's being ready and the pass
 */
public record PassTime(long nanos, int rows, int sequences, long waitedNanos) {
    /** In whole microseconds, as frames have it. */
    public long micros() {
        return nanos / 1_000;
    }
}
