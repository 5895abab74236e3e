package io.wanspec.functions.experience;

import io.wanspec.contracts.request.Goal;
import io.wanspec.controller.LearnedByKind;
import io.wanspec.controller.LearnedEstimates;
import io.wanspec.controller.RequestKind;
import io.wanspec.functions.session.Experience;
import io.wanspec.functions.table.Table;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Experience of all functions. Each keeps what it knows in memory, looks at the table once in a while, and adds to it what it
 * has learned, never in a request's way: a function that is frozen before it has done so does it when it is thawed, or not at
 * all, which only makes all of them learn more slowly. Everything of it is a hint: no text depends on it.
 */
public final class SharedEstimates implements Experience, AutoCloseable {
    /** How old what is known of the others may be. */
    static final Duration READ_EVERY = Duration.ofSeconds(60);

    private final Map<Goal, GoalEstimates> byGoal = new EnumMap<>(Goal.class);
    private final Runnable close;

    public SharedEstimates(Table table, Clock clock) {
        this(table, clock, Executors.newVirtualThreadPerTaskExecutor());
    }

    private SharedEstimates(Table table, Clock clock, ExecutorService background) {
        this(table, clock, background, background::shutdownNow);
    }

    SharedEstimates(Table table, Clock clock, Executor background, Runnable close) {
        this.close = close;
        for (Goal goal : Goal.values()) {
            byGoal.put(goal, new GoalEstimates(goal, table, clock, background));
        }
        byGoal.values().forEach(GoalEstimates::refresh);
    }

    @Override
    public LearnedByKind of(Goal goal) {
        return at(goal).current();
    }

    @Override
    public void remember(Goal goal, RequestKind kind, LearnedEstimates begun, LearnedEstimates learned) {
        at(goal).add(kind, begun, learned);
    }

    private GoalEstimates at(Goal goal) {
        GoalEstimates found = byGoal.get(goal);
        if (found == null) {
            throw new IllegalStateException("every goal has estimates");
        }
        return found;
    }

    @Override
    public void close() {
        close.run();
    }
}
