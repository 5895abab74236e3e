package io.wanspec.endpoints.compute;

/** The work of one session or request, cut into passes; {@link Compute} alternates between jobs after each. */
public interface PassJob {
    /**
     * Does what there is to do, with at most one forward pass. Always called on the compute thread.
     *
     * @return whether more can be done at once; if not, the job rests until it is submitted again
     */
    boolean runOnePass();

    /** {@link #runOnePass} threw; the job will not be run again unless it is submitted. */
    void onFailure(Throwable failure);
}
