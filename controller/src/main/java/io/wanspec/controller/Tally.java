package io.wanspec.controller;

import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.contracts.ledger.TokenDetails;
import java.util.List;

/**
 * The counts of a session that the controller keeps; with the bytes that the links counted they make a {@link Ledger}.
 * Times in nanoseconds.
 *
 * @param learned what the next request of the same host may begin with
 * @param placement who drafted, and what was found of the draft places
 * @param details what usage says beside numbers of tokens
 * @param firstTokenNanos from {@link Event.Started} to the first committed token; 0 if there was none
 */
public record Tally(
        String text,
        Tokens tokens,
        int targetPasses,
        int busyDraftPasses,
        int remoteDraftPasses,
        List<Integer> proposedByPosition,
        List<Integer> acceptedByPosition,
        long stallNanos,
        long firstTokenNanos,
        long totalNanos,
        LearnedEstimates learned,
        PlacementReport placement,
        TokenDetails details) {
    private static final double NANOS_PER_MS = 1e6;

    /** @param wanBytes frames' bytes that crossed a region's edge, both directions */
    public Ledger toLedger(long wanBytes) {
        return new Ledger(
                text,
                tokens,
                tokens.size(),
                targetPasses,
                busyDraftPasses,
                remoteDraftPasses,
                proposedByPosition,
                acceptedByPosition,
                stallNanos / NANOS_PER_MS,
                wanBytes,
                firstTokenNanos / NANOS_PER_MS,
                totalNanos / NANOS_PER_MS,
                placement.choices(),
                details);
    }
}
