package io.wanspec.simulator.run;

import io.wanspec.simulator.text.Language;
import io.wanspec.simulator.text.SignalModel;
import io.wanspec.simulator.world.PassTimes;
import io.wanspec.simulator.world.Wan;

/**
 * What policies are compared in.
 *
 * @param language whose texts the answers are
 * @param tokens of each answer
 * @param requests how many answers
 * @param seed of the first answer's text; the others follow
 * @param lookup acceptance of the free drafter's first token; 0 for none
 */
public record Scenario(
        String name, Wan wan, PassTimes times, Language language, double lookup, int tokens, int requests, long seed) {
    private static final int REQUESTS_MAX = 1_000_000;

    public Scenario {
        if (requests < 1 || requests > REQUESTS_MAX) {
            throw new IllegalArgumentException("requests must be between 1 and " + REQUESTS_MAX + ", was " + requests);
        }
    }

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

    public Scenario withTokens(int other) {
        return new Scenario(name, wan, times, language, lookup, other, requests, seed);
    }

    public Scenario named(String other) {
        return new Scenario(other, wan, times, language, lookup, tokens, requests, seed);
    }

    public Scenario with(Wan other) {
        return new Scenario(name, other, times, language, lookup, tokens, requests, seed);
    }

    public Scenario with(PassTimes other) {
        return new Scenario(name, wan, other, language, lookup, tokens, requests, seed);
    }

    public Scenario with(Language other) {
        return new Scenario(name, wan, times, other, lookup, tokens, requests, seed);
    }

    public Scenario with(int manyRequests, long firstSeed) {
        return new Scenario(name, wan, times, language, lookup, tokens, manyRequests, firstSeed);
    }
}
