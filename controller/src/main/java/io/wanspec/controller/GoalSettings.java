package io.wanspec.controller;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.request.Goal;
import io.wanspec.controller.policy.Price;
import io.wanspec.controller.policy.Redundancy;
import java.util.List;

/**
 * The settings that reach each goal, found by sweeps of the reference scenario and of its variations (docs/policies.md).
 */
public final class GoalSettings {
    private static final int PLACES_A_PASS = 2;
    private static final double FLOOR_NATS = 6;
    private static final int WINDOW = 40;
    private static final int VERIFY_TOKENS = 20;
    private static final int LOOKUP_TOKENS = 4;

    private GoalSettings() {}

    /**
     * The settings of a session with this goal.
     *
     * @param workers in order of preference
     */
    public static ControllerSettings of(Goal goal, ModelIdentity target, List<Worker> workers) {
        return new ControllerSettings(
                target,
                workers,
                redundancy(goal),
                new DraftShape(8, 4, FLOOR_NATS, WINDOW),
                VerifyShape.tree(VERIFY_TOKENS),
                waitWorth(goal),
                LOOKUP_TOKENS,
                true,
                SessionLimits.DEFAULT);
    }

    private static Redundancy redundancy(Goal goal) {
        return switch (goal) {
            case ECONOMY -> new Redundancy.Value(Price.ECONOMY, PLACES_A_PASS);
            case FAST -> new Redundancy.Value(Price.FAST, PLACES_A_PASS);
            case EAGER -> new Redundancy.Value(Price.PROHIBITIVE, PLACES_A_PASS);
        };
    }

    private static double waitWorth(Goal goal) {
        return switch (goal) {
            case ECONOMY -> 1.28;
            case FAST -> 1.2;
            case EAGER -> 0.4;
        };
    }
}
