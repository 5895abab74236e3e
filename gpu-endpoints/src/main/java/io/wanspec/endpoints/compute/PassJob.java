package io.wanspec.endpoints.compute;

import io.wanspec.endpoints.model.Pass;
import org.jspecify.annotations.Nullable;

/**
 * The work of one session or request, cut into passes. {@link Compute} asks it for its part of the next pass, computes that with
 * the parts of others, and gives it the result. All calls are on the compute thread.
 */
public interface PassJob {
    /**
     * Does what needs no pass.
     *
     * @return what it wants computed next; null if that is nothing: the job rests until it is submitted again
     */
    @Nullable
    PassRequest next();

    /**
     * What {@link #next} asked for is there.
     *
     * @param pass its logits are valid during the call
     */
    void computed(Pass pass, PassTime time);

    /** Whether it will want nothing more, so that no pass waits for its peer. */
    boolean isOver();

    /** {@link #next} or {@link #computed} threw, or the pass did; the job will not be asked again unless it is submitted. */
    void onFailure(Throwable failure);
}
