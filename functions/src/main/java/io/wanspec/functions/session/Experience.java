package io.wanspec.functions.session;

import io.wanspec.contracts.request.Goal;
import io.wanspec.controller.LearnedByKind;
import io.wanspec.controller.LearnedEstimates;
import io.wanspec.controller.RequestKind;

/** What requests of each goal and kind have taught, for the next ones. Never blocks. */
public interface Experience {
    LearnedByKind of(Goal goal);

    /**
     * Another request has ended.
     *
     * @param begun what it began with
     * @param learned and what it made of that
     */
    void remember(Goal goal, RequestKind kind, LearnedEstimates begun, LearnedEstimates learned);
}
