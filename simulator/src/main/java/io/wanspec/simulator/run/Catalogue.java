package io.wanspec.simulator.run;

import io.wanspec.controller.ControllerSettings;
import io.wanspec.controller.DraftShape;
import io.wanspec.controller.VerifyShape;
import io.wanspec.controller.policy.Redundancy;
import io.wanspec.simulator.world.SimSession;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The policies that can be compared, by name: the baselines, the paper's idea as we understand it, and ours. */
public final class Catalogue {
    private static final int RUN_LENGTH_MAX = 16;

    /** About half of all positions have a lower entropy in the synthetic text. */
    private static final double ENTROPY_THRESHOLD_NATS = 2.5;

    private static final DraftShape TREE = new DraftShape(8, 4, 6, 0, 40);

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
            Contender.of("economy", "remote tree, no busy-region drafts", ours(new Redundancy.Never(), 1.2)),
            Contender.of("balanced", "remote tree, busy-region drafts of high value", ours(value(7, 4), 1)),
            Contender.of("fast", "remote tree, busy-region drafts of any value", ours(value(3, 8), 1)));

    private static final List<Contender> ALL = Stream.of(
                    POLICIES, Ablation.ladder(), Ablation.without(), Prices.all())
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

    private static Contender tuned(String name, String what, IntFunction<ControllerSettings> settings) {
        List<Policy> variants = IntStream.rangeClosed(1, RUN_LENGTH_MAX)
                .mapToObj(k -> new Policy("k=" + k, settings.apply(k)))
                .toList();
        return new Contender(name, what, scenario -> variants);
    }

    private static ControllerSettings colocated(int k) {
        return ControllerSettings.colocated(SimSession.TARGET, Experiment.BUSY, k);
    }

    private static ControllerSettings overlapped(int k) {
        ControllerSettings inTurn = colocated(k);
        return new ControllerSettings(
                inTurn.target(),
                inTurn.workers(),
                inTurn.redundancy(),
                inTurn.draft(),
                VerifyShape.chain(k),
                inTurn.waitWorth(),
                inTurn.lookupTokens(),
                inTurn.limits());
    }

    /**
     * A remote worker that rests once it has sent k guesses, until it hears of the round. The shape allows two nodes a pass, of
     * which a chain never has more than one to offer, because a window of exactly k is what only trees get.
     */
    private static ControllerSettings naive(int k) {
        return Design.CHAIN
                .with(new DraftShape(2, 1, DraftShape.chain(k).floorNats(), 0, k))
                .with(VerifyShape.fixedRun(k))
                .policy("k=" + k)
                .settings();
    }

    private static Design paper() {
        return Design.CHAIN
                .with(new Redundancy.Entropy(ENTROPY_THRESHOLD_NATS))
                .withWaitWorth(ControllerSettings.CHAIN_WAIT_WORTH);
    }

    private static Design ours(Redundancy redundancy, double waitWorth) {
        return Design.CHAIN
                .with(TREE)
                .with(VerifyShape.tree(32))
                .with(redundancy)
                .withWaitWorth(waitWorth);
    }

    private static Redundancy value(double priceMs, int places) {
        return new Redundancy.Value(priceMs, places);
    }
}
