package io.wanspec.functions.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.request.Goal;
import io.wanspec.controller.LearnedEstimates;
import io.wanspec.controller.estimate.LoadSeen;
import org.junit.jupiter.api.Test;

/** Requests that overlap, and what is left of their lessons. */
class EstimatesByGoalTest {
    private static final LearnedEstimates RESTING = learned(10, 1);

    private final EstimatesByGoal experience = new EstimatesByGoal();

    /** One that tried has ended the rest; those that began before it, at rest, end behind it. */
    @Test
    void whoWasAtRestDoesNotProlongIt() {
        experience.remember(Goal.ECONOMY, LearnedEstimates.none(), RESTING);
        experience.remember(Goal.ECONOMY, RESTING, learned(11, 0));
        experience.remember(Goal.ECONOMY, RESTING, RESTING.with(new LoadSeen(3, 0, 1, 2)));
        assertThat(experience.of(Goal.ECONOMY).isResting()).isFalse();
        assertThat(experience.of(Goal.ECONOMY).requests()).isEqualTo(11);
        assertThat(experience.of(Goal.ECONOMY).load().others()).isEqualTo(3);
    }

    private static LearnedEstimates learned(int requests, int rest) {
        return new LearnedEstimates(requests, 0.6, 0.005, 1, 1, 1, 1, rest, LoadSeen.nothing());
    }
}
