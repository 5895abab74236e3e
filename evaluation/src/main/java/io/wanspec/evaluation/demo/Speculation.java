package io.wanspec.evaluation.demo;

import io.wanspec.contracts.request.Goal;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How WANSpec shall draft.
 *
 * @param redundancy the goal's if absent
 * @param price for redundancy by value: what a draft pass in the busy region must be expected to save, in times of a token with
 *     co-located speculation; the goal's if absent
 */
public record Speculation(Draft draft, Goal goal, Optional<Redundancy> redundancy, OptionalDouble price) {
    /** As this goal would have it. */
    public static Speculation of(Goal goal) {
        return new Speculation(Draft.TREE, goal, Optional.empty(), OptionalDouble.empty());
    }
}
