package io.wanspec.contracts.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.wanspec.contracts.Tokens;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request cost, as counted, never as estimated.
 *
 * @param text of the completion
 * @param tokenIds committed tokens, an end-of-sequence token included
 * @param tokens how many
 * @param targetPasses verification forwards
 * @param busyDraftPasses draft forwards in the busy region: the cost that WANSpec saves
 * @param remoteDraftPasses draft forwards elsewhere, wasted ones included
 * @param proposedByPosition how often a draft for the i-th place of a round was put to the target, alone or with alternatives
 * @param acceptedByPosition how often one of them was accepted
 * @param stallMs time for which the target idled for want of drafts, in milliseconds
 * @param wanBytes encoded frames that crossed a region's edge, both directions, without transport overhead
 * @param timeToFirstTokenMs from the request's arrival at the function to the first committed token
 * @param totalMs from the request's arrival at the function to its end
 * @param placement which draft workers were chosen, when and why; empty where there was no choice
 * @param tokenDetails null where there is nothing to say
 */
public record Ledger(
        String text,
        Tokens tokenIds,
        int tokens,
        int targetPasses,
        int busyDraftPasses,
        int remoteDraftPasses,
        List<Integer> proposedByPosition,
        List<Integer> acceptedByPosition,
        double stallMs,
        long wanBytes,
        double timeToFirstTokenMs,
        double totalMs,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ChosenDraft> placement,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TokenDetails tokenDetails) {
    public Ledger {
        tokenDetails = TokenDetails.none().equals(tokenDetails) ? null : tokenDetails;
        // Ledgers of the version before, as records have them, do not say.
        placement = placement == null ? List.of() : List.copyOf(placement);
        proposedByPosition = List.copyOf(proposedByPosition);
        acceptedByPosition = List.copyOf(acceptedByPosition);
        if (proposedByPosition.size() != acceptedByPosition.size()) {
            throw new IllegalArgumentException("a ledger counts acceptance for the positions that were proposed");
        }
        if (tokens != tokenIds.size()) {
            throw new IllegalArgumentException("a ledger's token count must be that of its token ids");
        }
    }

    /** What usage says beside numbers of tokens. */
    public TokenDetails details() {
        return tokenDetails == null ? TokenDetails.none() : tokenDetails;
    }

    /** Of a request for which nobody chose draft workers. */
    public Ledger(
            String text,
            Tokens tokenIds,
            int tokens,
            int targetPasses,
            int busyDraftPasses,
            int remoteDraftPasses,
            List<Integer> proposedByPosition,
            List<Integer> acceptedByPosition,
            double stallMs,
            long wanBytes,
            double timeToFirstTokenMs,
            double totalMs) {
        this(
                text,
                tokenIds,
                tokens,
                targetPasses,
                busyDraftPasses,
                remoteDraftPasses,
                proposedByPosition,
                acceptedByPosition,
                stallMs,
                wanBytes,
                timeToFirstTokenMs,
                totalMs,
                List.of(),
                null);
    }

    /** Accepted drafts over proposed ones; 0 if none was proposed. */
    public double acceptance() {
        int proposed = proposedByPosition.stream().mapToInt(Integer::intValue).sum();
        int accepted = acceptedByPosition.stream().mapToInt(Integer::intValue).sum();
        return proposed == 0 ? 0 : (double) accepted / proposed;
    }
}
