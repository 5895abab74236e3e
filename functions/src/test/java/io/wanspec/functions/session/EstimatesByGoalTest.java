package io.wanspec.functions.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.request.Goal;
import io.wanspec.controller.LearnedEstimates;
import io.wanspec.controller.RequestKind;
import io.wanspec.controller.estimate.LoadSeen;
import org.junit.jupiter.api.Test;

/** Requests that overlap, and what is left of their lessons. */
class EstimatesByGoalTest {
    private static final LearnedEstimates RESTING = learned(10, 1);

    private final EstimatesByGoal experience = new EstimatesByGoal();

    /** One that tried has ended the rest; those that began before it, at rest, end behind it. */
    @Test
    void whoWasAtRestDoesNotProlongIt() {
        experience.remember(Goal.ECONOMY, RequestKind.WARM, LearnedEstimates.none(), RESTING);
        experience.remember(Goal.ECONOMY, RequestKind.WARM, RESTING, learned(11, 0));
        experience.remember(Goal.ECONOMY, RequestKind.WARM, RESTING, RESTING.with(new LoadSeen(3, 0, 1, 2)));
        assertThat(experience.of(Goal.ECONOMY).of(RequestKind.WARM).isResting()).isFalse();
        assertThat(experience.of(Goal.ECONOMY).of(RequestKind.WARM).requests()).isEqualTo(11);
        assertThat(experience.of(Goal.ECONOMY).load().others()).isEqualTo(3);
    }

    /** What greedy requests found of the load holds for all; what they found of their drafts does not. */
    @Test
    void kindsHaveTheLoadInCommonAndNothingElse() {
        experience.remember(Goal.ECONOMY, RequestKind.WARM, LearnedEstimates.none(), RESTING);
        LearnedEstimates greedy = learned(1, 0).with(new LoadSeen(3, 0, 1, 2));
        experience.remember(Goal.ECONOMY, RequestKind.GREEDY, LearnedEstimates.none(), greedy);
        assertThat(experience.of(Goal.ECONOMY).of(RequestKind.WARM)).isEqualTo(RESTING.with(greedy.load()));
        assertThat(experience.of(Goal.ECONOMY).of(RequestKind.GREEDY)).isEqualTo(greedy);
        assertThat(experience.of(Goal.FAST).own()).isEmpty();
    }

    private static LearnedEstimates learned(int requests, int rest) {
        return new LearnedEstimates(requests, 0.6, 0.005, 1, 1, 1, 1, rest, LoadSeen.nothing());
    }
}
