package io.wanspec.functions.session;

import io.wanspec.contracts.request.Goal;
import io.wanspec.controller.LearnedEstimates;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Experience of this process alone. Of requests at the same time the last to end is remembered: the others' lessons are lost,
 * which only makes it learn more slowly.
 */
public final class EstimatesByGoal implements Experience {
    private final Map<Goal, LearnedEstimates> byGoal = new ConcurrentHashMap<>();

    @Override
    public LearnedEstimates of(Goal goal) {
        return byGoal.getOrDefault(goal, LearnedEstimates.none());
    }

    @Override
    public void remember(Goal goal, LearnedEstimates begun, LearnedEstimates learned) {
        byGoal.put(goal, learned);
    }
}
