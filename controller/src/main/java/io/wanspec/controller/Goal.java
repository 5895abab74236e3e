package io.wanspec.controller;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.controller.policy.Price;
import io.wanspec.controller.policy.Redundancy;
import java.util.List;

/**
 * What speculation is for; each goal is a set of settings that was found by sweeps of the reference scenario and of its
 * variations (docs/policies.md).
 */
public enum Goal {
    /** As few busy-region draft passes, and hardly more target passes, as keep the pace of co-located speculation. */
    ECONOMY,

    /** A tenth faster than co-located speculation, for about two thirds of its busy-region draft passes. */
    FAST,

    /** Little waiting, and busy-region draft passes only where the guard wants them: for a target with time to spare. */
    EAGER;

    private static final int PLACES_A_PASS = 2;
    private static final double FLOOR_NATS = 6;
    private static final int WINDOW = 40;
    private static final int VERIFY_TOKENS = 20;
    private static final int LOOKUP_TOKENS = 4;

    /**
     * The settings of a session with this goal.
     *
     * @param workers in order of preference
     */
    public ControllerSettings settings(ModelIdentity target, List<Worker> workers) {
        return new ControllerSettings(
                target,
                workers,
                redundancy(),
                new DraftShape(8, 4, FLOOR_NATS, WINDOW),
                VerifyShape.tree(VERIFY_TOKENS),
                waitWorth(),
                LOOKUP_TOKENS,
                true,
                SessionLimits.DEFAULT);
    }

    private Redundancy redundancy() {
        return switch (this) {
            case ECONOMY -> new Redundancy.Value(Price.ECONOMY, PLACES_A_PASS);
            case FAST -> new Redundancy.Value(Price.FAST, PLACES_A_PASS);
            case EAGER -> new Redundancy.Value(Price.PROHIBITIVE, PLACES_A_PASS);
        };
    }

    private double waitWorth() {
        return switch (this) {
            case ECONOMY -> 1.28;
            case FAST -> 1.2;
            case EAGER -> 0.4;
        };
    }
}
