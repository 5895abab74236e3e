package io.wanspec.simulator.run;

import io.wanspec.contracts.request.Goal;
import io.wanspec.controller.ControllerSettings;
import io.wanspec.controller.DraftShape;
import io.wanspec.controller.GoalSettings;
import io.wanspec.controller.VerifyShape;
import io.wanspec.controller.policy.Redundancy;
import io.wanspec.simulator.world.SimSession;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The policies that can be compared, by name: the baselines, the paper's idea as we understand it, and ours. */
public final class Catalogue {
    private static final int RUN_LENGTH_MAX = 16;

    /** About half of all positions have a lower entropy in the synthetic text. */
    private static final double ENTROPY_THRESHOLD_NATS = 2.5;

    /** What everything else is measured against. */
    public static final Contender B1 =
            tuned("b1", "co-located, drafting and verifying in turn, best fixed k", Catalogue::colocated);

    /** One line each. */
    public static final List<Contender> POLICIES = List.of(
            new Contender(
                    "b0", "target only", s -> List.of(new Policy("b0", ControllerSettings.plain(SimSession.TARGET)))),
            B1,
            tuned("b1p", "co-located, drafting while the target verifies, best longest run", Catalogue::overlapped),
            tuned("b2", "k tokens from a remote worker, then verify, one round trip a round, best k", Catalogue::naive),
            Contender.of("paper", "remote chain, redundancy where the draft is sure of itself", paper()),
            goal(Goal.ECONOMY, "as few busy-region drafts as keep B1's pace"),
            goal(Goal.FAST, "faster than B1 for fewer busy-region drafts"),
            goal(Goal.EAGER, "little waiting, busy-region drafts only where the guard wants them"));

    private static final List<Contender> ALL = Stream.of(POLICIES, Ablation.ladder(), Ablation.without(), Prices.all())
            .flatMap(List::stream)
            .toList();

    private Catalogue() {}

    /** Everything that has a name. */
    public static List<Contender> all() {
        return ALL;
    }

    public static Optional<Contender> find(String name) {
        return ALL.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** The k of a round is the scenario's best. */
    private static Contender tuned(
            String name, String what, BiFunction<Integer, Scenario, ControllerSettings> settings) {
        return new Contender(
                name,
                what,
                scenario -> IntStream.rangeClosed(1, RUN_LENGTH_MAX)
                        .mapToObj(k -> new Policy("k=" + k, settings.apply(k, scenario)))
                        .toList());
    }

    /** The controller's own settings for what a user asks for. */
    private static Contender goal(Goal goal, String what) {
        String name = goal.word();
        return new Contender(
                name,
                what,
                scenario -> List.of(
                        new Policy(name, GoalSettings.of(goal, SimSession.TARGET, Design.workers(1, scenario)))));
    }

    private static ControllerSettings colocated(int k, Scenario scenario) {
        return ControllerSettings.colocated(SimSession.TARGET, Experiment.BUSY, k);
    }

    private static ControllerSettings overlapped(int k, Scenario scenario) {
        ControllerSettings inTurn = colocated(k, scenario);
        return new ControllerSettings(
                inTurn.target(),
                inTurn.workers(),
                inTurn.redundancy(),
                inTurn.draft(),
                VerifyShape.chain(k),
                inTurn.waitWorth(),
                inTurn.lookupTokens(),
                inTurn.guarded(),
                inTurn.limits());
    }

    /**
     * A remote worker that rests once it has sent k draft tokens, until it hears of the round. The shape allows two nodes a pass,
     * of which a chain never has more than one to offer, because a window of exactly k is what only trees get.
     */
    private static ControllerSettings naive(int k, Scenario scenario) {
        return Design.CHAIN
                .with(new DraftShape(2, 1, DraftShape.chain(k).floorNats(), k))
                .with(VerifyShape.fixedRun(k))
                .policy("k=" + k, scenario)
                .settings();
    }

    private static Design paper() {
        return Design.CHAIN
                .with(new Redundancy.Entropy(ENTROPY_THRESHOLD_NATS))
                .withWaitWorth(ControllerSettings.CHAIN_WAIT_WORTH);
    }
}
