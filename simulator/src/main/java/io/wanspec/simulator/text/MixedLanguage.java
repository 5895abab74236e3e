package io.wanspec.simulator.text;

import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.Tokens;

/**
 * Requests of two kinds in turn.
 *
 * @param greedy texts of even seeds
 * @param drawn texts of odd seeds, which are drawn at a temperature
 * @param temperature that those requests ask for
 */
public record MixedLanguage(SignalModel greedy, SignalModel drawn, double temperature) implements Language {
    @Override
    public Text text(Tokens prompt, long seed) {
        return seed % 2 == 0
                ? new SyntheticText(greedy, seed)
                : new SyntheticText(drawn, seed, new SamplingOptions(temperature, 0, 1, seed));
    }

    @Override
    public double acceptance() {
        return (greedy.acceptance() + drawn.acceptance()) / 2;
    }
}
