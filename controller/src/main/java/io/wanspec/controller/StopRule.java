package io.wanspec.controller;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SamplingRules;
import java.util.List;

/**
 * What ends a text, and what is seen of it.
 *
 * @param strings any of which ends it
 * @param shown whether the one that does belongs to the text
 * @param behindTokens in the text of so many tokens no string is looked for
 */
public record StopRule(List<String> strings, boolean shown, int behindTokens) {
    public StopRule {
        strings = List.copyOf(strings);
    }

    public static StopRule of(GenerationRequest request) {
        return of(request.sampling(), request.stop());
    }

    public static StopRule of(SamplingOptions sampling, List<String> strings) {
        SamplingRules rules = sampling.rules();
        return rules == null ? at(strings) : new StopRule(strings, rules.showsStop(), rules.minTokens());
    }

    /** Anywhere, and never shown. */
    public static StopRule at(List<String> strings) {
        return new StopRule(strings, false, 0);
    }
}
