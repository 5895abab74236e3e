package io.wanspec.endpoints.eval;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What the program prints, one JSON object a line: {@link Begun}, then {@link Judged} for each window, or {@link Refused}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = FidelityLine.Begun.class, name = "begun"),
    @JsonSubTypes.Type(value = FidelityLine.Judged.class, name = "judged"),
    @JsonSubTypes.Type(value = FidelityLine.Refused.class, name = "refused")
})
public sealed interface FidelityLine {
    /**
     * All is loaded and checked.
     *
     * @param windows that follow
     * @param tokens of the text
     */
    record Begun(int windows, int tokens) implements FidelityLine {}

    /**
     * Sums over the judged positions of a window.
     *
     * @param surprisal of the text's own tokens, in nats
     * @param surprisalFp32 the same in single precision
     * @param divergence of the target's distribution from that of single precision, in nats
     * @param sameTop positions where both have the same likeliest token
     */
    record Judged(int positions, double surprisal, double surprisalFp32, double divergence, int sameTop)
            implements FidelityLine {}

    /** It can't be done; the reason is one sentence. */
    record Refused(String reason) implements FidelityLine {}
}
