package io.wanspec.functions.session;

import io.wanspec.contracts.request.Goal;
import io.wanspec.controller.LearnedEstimates;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What requests of each goal have taught, for the next ones. Of requests at the same time the last to end is remembered: the
 * others' lessons are lost, which only makes it learn more slowly.
 */
final class EstimatesByGoal {
    private final Map<Goal, LearnedEstimates> byGoal = new ConcurrentHashMap<>();

    LearnedEstimates of(Goal goal) {
        return byGoal.getOrDefault(goal, LearnedEstimates.none());
    }

    void remember(Goal goal, LearnedEstimates learned) {
        byGoal.put(goal, learned);
    }
}
