package io.wanspec.endpoints.eval;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.wanspec.contracts.Ints;
import io.wanspec.contracts.Tokens;
import java.util.List;
import java.util.SortedMap;

/** What the program prints, one JSON object a line: {@link Begun}, then {@link Observed} for each request, or {@link Refused}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = EvalLine.Begun.class, name = "begun"),
    @JsonSubTypes.Type(value = EvalLine.Observed.class, name = "observed"),
    @JsonSubTypes.Type(value = EvalLine.Refused.class, name = "refused")
})
public sealed interface EvalLine {
    /**
     * All is loaded and checked.
     *
     * @param requests that follow
     * @param passContext tokens before the passes that were measured
     * @param targetPassMs median of a pass, by tokens
     * @param draftPassMs median of a pass, by nodes
     */
    record Begun(
            int requests,
            int passContext,
            SortedMap<Integer, Double> targetPassMs,
            SortedMap<Integer, Double> draftPassMs)
            implements EvalLine {}

    /**
     * What the target wrote, and what the draft expected at each of its tokens, given those before.
     *
     * @param prompt which prompt, from 0
     * @param promptTokens the rendered prompt
     * @param tokens of the target, the one that ends the text included
     * @param entropies of the draft's distributions, in thousandths of a nat
     * @param ranks of the target's tokens among the draft's candidates, from 0; 8 if not there
     * @param surprisals of the draft's best candidates, in thousandths of a nat
     */
    record Observed(
            int prompt,
            double temperature,
            long seed,
            Tokens promptTokens,
            Tokens tokens,
            Ints entropies,
            Ints ranks,
            List<Ints> surprisals)
            implements EvalLine {
        public Observed {
            surprisals = List.copyOf(surprisals);
        }
    }

    /** It can't be done; the reason is one sentence. */
    record Refused(String reason) implements EvalLine {}
}
