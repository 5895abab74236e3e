package io.wanspec.simulator.run;

import io.wanspec.simulator.text.SignalModel;
import io.wanspec.simulator.world.PassTimes;
import io.wanspec.simulator.world.Wan;

/**
 * What policies are compared in.
 *
 * @param tokens of each answer
 * @param requests how many answers
 * @param seed of the first answer's text; the others follow
 * @param lookup acceptance of the free drafter's first guess; 0 for none
 */
public record Scenario(
        String name, Wan wan, PassTimes times, SignalModel model, double lookup, int tokens, int requests, long seed) {
    /** The reference scenario: a target of 40 ms beside drafts of 6 and 8 ms, acceptance 0.8, AUC 0.8. */
    public static Scenario reference(double rttMs) {
        return new Scenario(
                "reference",
                Wan.of(rttMs),
                PassTimes.reference(),
                new SignalModel(0.8, 0.8, 0.45, 0.15, 0.08),
                0.3,
                256,
                100,
                1);
    }
}
