package io.wanspec.simulator.run;

import java.util.List;
import java.util.function.Function;

/**
 * A policy as it is compared: one or more settings, of which the one with the lowest latency in the scenario stands for it.
 * To choose with hindsight favours the contender; the baselines profit most.
 *
 * @param name as the command line has it
 * @param what it is, in a few words
 * @param variants its settings, each named after what distinguishes it; where there are many, in the order of one parameter
 */
public record Contender(String name, String what, Function<Scenario, List<Policy>> variants) {
    /** A contender of one variant. */
    static Contender of(String name, String what, Design design) {
        return new Contender(name, what, scenario -> List.of(design.policy(name, scenario)));
    }
}
