package io.wanspec.functions.session;

import io.wanspec.contracts.request.Goal;
import io.wanspec.controller.LearnedEstimates;

/** What requests of each goal have taught, for the next ones. Never blocks. */
public interface Experience {
    LearnedEstimates of(Goal goal);

    /**
     * Another request has ended.
     *
     * @param begun what it began with
     * @param learned and what it made of that
     */
    void remember(Goal goal, LearnedEstimates begun, LearnedEstimates learned);
}
