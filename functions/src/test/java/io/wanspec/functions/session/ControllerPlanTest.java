package io.wanspec.functions.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.request.DraftKind;
import io.wanspec.contracts.request.DraftOptions;
import io.wanspec.contracts.request.Goal;
import io.wanspec.contracts.request.Mode;
import io.wanspec.contracts.request.RedundancyKind;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.controller.ControllerSettings;
import io.wanspec.controller.DraftShape;
import io.wanspec.controller.GoalSettings;
import io.wanspec.controller.Place;
import io.wanspec.controller.Progress;
import io.wanspec.controller.VerifyShape;
import io.wanspec.controller.Worker;
import io.wanspec.controller.policy.Price;
import io.wanspec.controller.policy.Redundancy;
import io.wanspec.emulator.toy.ToyLanguage;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.settings.ServingLimits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ControllerPlanTest {
    private static final Worker REMOTE = new Worker(new WorkerId("eu"), Place.DRAFT_REGION);
    private static final Worker BUSY = new Worker(new WorkerId("busy"), Place.BUSY_REGION);
    private static final List<Worker> WORKERS = List.of(REMOTE, BUSY);
    private static final LinkTerms TERMS = new LinkTerms(ProtocolVersion.CURRENT, Map.of(), null);

    @Test
    void withoutAWordTheGoalDecides() {
        assertThat(plan(Speculation.defaults())).isEqualTo(goal(Goal.ECONOMY));
        assertThat(plan(with(Goal.EAGER, null, null))).isEqualTo(goal(Goal.EAGER));
    }

    @Test
    void aPriceReplacesTheGoals() {
        assertThat(plan(with(Goal.FAST, null, 0.25)).redundancy())
                .isEqualTo(new Redundancy.Value(Price.share(0.25), 2));
        assertThat(plan(with(Goal.EAGER, RedundancyKind.VALUE, 0.25)).redundancy())
                .isEqualTo(new Redundancy.Value(Price.share(0.25), 2));
        assertThat(plan(with(Goal.EAGER, RedundancyKind.NEVER, 0.25)).redundancy())
                .isEqualTo(new Redundancy.Never());
    }

    @Test
    void onlyWhatTheGoalAsksForIsGuarded() {
        assertThat(plan(with(Goal.FAST, null, null)).guarded()).isTrue();
        assertThat(plan(with(Goal.FAST, RedundancyKind.VALUE, null)).guarded()).isFalse();
        assertThat(plan(with(Goal.FAST, null, 0.25)).guarded()).isFalse();
    }

    @Test
    void redundancyReplacesTheGoals() {
        assertThat(plan(with(Goal.ECONOMY, RedundancyKind.NEVER, null)).redundancy())
                .isEqualTo(new Redundancy.Never());
        assertThat(plan(with(Goal.ECONOMY, RedundancyKind.ENTROPY, null)).redundancy())
                .isEqualTo(new Redundancy.Entropy(2));
    }

    @Test
    void chainsAreThoseOfPlainWanspec() {
        ControllerSettings chain = plan(new Speculation(
                Mode.WANSPEC,
                Goal.ECONOMY,
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                new DraftOptions(
                        DraftKind.CHAIN,
                        OptionalInt.empty(),
                        OptionalInt.of(7),
                        OptionalInt.empty(),
                        OptionalInt.empty())));
        assertThat(chain.draft()).isEqualTo(DraftShape.chain(7));
        assertThat(chain.verify()).isEqualTo(VerifyShape.chain(VerifyShape.CHAIN_TOKENS_DEFAULT));
        assertThat(chain.redundancy()).isEqualTo(new Redundancy.Value(Price.ECONOMY, 1));
    }

    @Test
    void shapesAreOverriddenOneByOne() {
        ControllerSettings tree = plan(new Speculation(
                Mode.WANSPEC,
                Goal.ECONOMY,
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                new DraftOptions(
                        DraftKind.TREE,
                        OptionalInt.of(5),
                        OptionalInt.empty(),
                        OptionalInt.of(3),
                        OptionalInt.empty())));
        DraftShape absent = goal(Goal.ECONOMY).draft();
        assertThat(tree.verify()).isEqualTo(VerifyShape.tree(5));
        assertThat(tree.draft()).isEqualTo(new DraftShape(3, absent.candidates(), absent.floorNats(), absent.window()));
    }

    @Test
    void coLocatedSpeculationIsOneChainInTheBusyRegion() {
        ControllerSettings colocated = plan(Speculation.colocated(OptionalInt.empty()));
        assertThat(colocated).isEqualTo(ControllerSettings.colocated(target(), BUSY, VerifyShape.CHAIN_TOKENS_DEFAULT));
    }

    private static Speculation with(Goal goal, @Nullable RedundancyKind redundancy, @Nullable Double price) {
        return new Speculation(
                Mode.WANSPEC,
                goal,
                Optional.ofNullable(redundancy),
                OptionalDouble.empty(),
                price == null ? OptionalDouble.empty() : OptionalDouble.of(price),
                DraftOptions.of(DraftKind.TREE));
    }

    private static ControllerSettings goal(Goal goal) {
        return GoalSettings.of(goal, target(), WORKERS);
    }

    private static ModelIdentity target() {
        return ToyLanguage.identity("toy", 'a');
    }

    private static ControllerSettings plan(Speculation speculation) {
        GenerationRequest generation =
                new GenerationRequest(new SessionId("s"), Tokens.of(1), SamplingOptions.greedy(), 5, List.of());
        return ControllerPlan.of(
                new SessionRequest(generation, speculation, target(), WORKERS, TERMS, Account.nobody(), 0),
                Progress.none(),
                ServingLimits.defaults());
    }
}
