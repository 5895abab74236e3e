package io.wanspec.simulator.run;

import java.util.List;

/**
 * The variant of a contender that has the lowest latency.
 *
 * @param choice its name
 */
public record Best(String choice, Policy policy, Totals totals) {
    /** Latency over a parameter has one valley; so many in a row that are worse lie behind it. */
    private static final int WORSE_IN_A_ROW = 2;

    public static Best of(Contender contender, Scenario scenario) {
        List<Policy> variants = contender.variants().apply(scenario);
        Best best = of(variants.getFirst(), scenario);
        int worse = 0;
        for (int i = 1; i < variants.size() && worse < WORSE_IN_A_ROW; i++) {
            Best other = of(variants.get(i), scenario);
            worse = other.totals().msPerToken() < best.totals().msPerToken() ? 0 : worse + 1;
            best = worse == 0 ? other : best;
        }
        return best;
    }

    private static Best of(Policy policy, Scenario scenario) {
        return new Best(policy.name(), policy, Experiment.run(scenario, policy));
    }
}
