package io.wanspec.endpoints.compute;

/**
 * How long a pass waits for sessions of the last one whose peers are answering: else a session that takes part in a pass is never
 * back in time for the next. Used by the compute thread alone.
 */
interface Pause {
    /**
     * @param lastPassNanos what the last pass took
     * @param sinceNanos how long ago it ended: so long those who are away have been
     * @param ready sessions that the pass would serve now, at least one
     * @param away sessions of the last pass that have said nothing since, at least one
     * @return the longest wait in nanoseconds; 0 for none
     */
    long nanos(long lastPassNanos, long sinceNanos, int ready, int away);

    /** What came of a pause. */
    void took(int away, int came);
}
