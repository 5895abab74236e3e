package io.wanspec.simulator.run;

import io.wanspec.controller.DraftShape;
import io.wanspec.controller.VerifyShape;
import io.wanspec.controller.policy.Price;
import io.wanspec.controller.policy.Redundancy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Our ideas one by one: added to a plain remote chain in turn, and taken away from the whole one at a time. */
public final class Ablation {
    /** Prefix of the names of the policies that have their ideas up to one. */
    public static final String LADDER = "ladder-";

    /** Prefix of the names of the policies that lack one idea. */
    public static final String WITHOUT = "without-";

    private static final List<Step> STEPS = List.of(
            new Step("wait", "waiting for draft tokens that are worth it", d -> d.withWaitWorth(1.2)),
            new Step("tree-drafts", "remote trees of 8 nodes a pass", d -> d.with(new DraftShape(8, 4, 6, 40))),
            new Step("tree-verify", "verifying trees of up to 20 nodes", d -> d.with(VerifyShape.tree(20))),
            new Step("value", "busy-region drafts by value", d -> d.with(new Redundancy.Value(Price.FAST, 1))),
            new Step("places", "busy-region passes over up to 2 places", Ablation::withPlaces),
            new Step("two-workers", "a second remote worker", d -> d.withRemotes(2)),
            new Step("lookup", "up to 4 looked-up tokens where drafts are short", d -> d.withLookup(4)));

    /** An idea. */
    private record Step(String name, String what, UnaryOperator<Design> add) {}

    private Ablation() {}

    /** The chain, then each idea with all those before it. */
    public static List<Contender> ladder() {
        List<Contender> ladder = new ArrayList<>();
        Design design = Design.CHAIN;
        ladder.add(Contender.of(LADDER + "chain", "a remote chain, verified at once", design));
        for (Step step : STEPS) {
            design = step.add().apply(design);
            ladder.add(Contender.of(LADDER + step.name(), "+ " + step.what(), design));
        }
        return ladder;
    }

    /** All ideas but one; the whole is the ladder's end. */
    public static List<Contender> without() {
        return STEPS.stream()
                .map(left -> Contender.of(WITHOUT + left.name(), "all but " + left.what(), allBut(left)))
                .toList();
    }

    private static Design allBut(Step left) {
        Design design = Design.CHAIN;
        for (Step step : STEPS) {
            design = step.name().equals(left.name()) ? design : step.add().apply(design);
        }
        return design;
    }

    /** Of use to busy-region drafts by value alone. */
    private static Design withPlaces(Design design) {
        return design.redundancy() instanceof Redundancy.Value value
                ? design.with(new Redundancy.Value(value.price(), 2))
                : design;
    }
}
