package io.wanspec.simulator.world;

/**
 * What one request cost. Passes that were under way at its end count.
 *
 * @param tokens of the answer
 * @param nanos from the moment when the target held the prompt to the end
 * @param firstTokenNanos the part of them until the first token
 * @param targetDraftTokens draft tokens that were put to the target
 * @param stallNanos time for which the target waited for drafts
 */
public record SessionFigures(
        int tokens,
        long nanos,
        long firstTokenNanos,
        int targetPasses,
        long targetDraftTokens,
        int busyDraftPasses,
        int remoteDraftPasses,
        long wanBytes,
        long stallNanos) {}
