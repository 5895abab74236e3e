package io.wanspec.functions.jobs;

import io.wanspec.contracts.SessionId;

/**
 * Does a job: takes the session's lease, and generates from where its record ends. Two at once do no harm, and one that is
 * done twice takes effect once: the lease sees to it.
 */
public interface JobRunner {
    /**
     * Blocks until the session has ended, or has stopped where another can go on.
     *
     * @param stop asked when the worker's time is nearly over
     * @throws RuntimeException if it failed in a way that another attempt may not
     */
    JobOutcome run(SessionId session, StopSignal stop) throws InterruptedException;
}
