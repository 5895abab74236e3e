package io.wanspec.functions.jobs;

/** Where jobs wait. A job may be delivered more than once, and in any order; what it does happens once all the same. */
public interface JobQueue {
    /**
     * Puts a job on the queue. Blocks for a few seconds at most.
     *
     * @throws JobQueueException if the queue cannot be written now; whether the job waits there is not known
     */
    void enqueue(Job job);
}
