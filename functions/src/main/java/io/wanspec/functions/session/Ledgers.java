package io.wanspec.functions.session;

import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.contracts.ledger.TokenDetails;
import java.util.List;

/** Ledgers that no controller kept. */
final class Ledgers {
    private static final double NANOS_PER_MS = 1e6;

    private Ledgers() {}

    /** Of a session that did nothing that is known. */
    static Ledger none(long arrivedNanos) {
        return targetOnly("", Tokens.none(), 0, 0, arrivedNanos, arrivedNanos);
    }

    /** Of a text that was begun by plain decoding at the endpoint and gone on with over a link. */
    static Ledger behind(Ledger before, Ledger rest) {
        return new Ledger(
                rest.text(),
                rest.tokenIds(),
                rest.tokens(),
                before.targetPasses() + rest.targetPasses(),
                rest.busyDraftPasses(),
                rest.remoteDraftPasses(),
                rest.proposedByPosition(),
                rest.acceptedByPosition(),
                rest.stallMs(),
                rest.wanBytes(),
                before.tokens() > 0 ? before.timeToFirstTokenMs() : rest.timeToFirstTokenMs(),
                rest.totalMs(),
                rest.placement(),
                before.tokens() > 0 ? before.details() : rest.details());
    }

    /**
     * Of plain decoding at the endpoint.
     *
     * @param cachedTokens of the prompt, as the endpoint says
     */
    static Ledger targetOnly(
            String text, Tokens tokens, int passes, int cachedTokens, long arrivedNanos, long firstTokenNanos) {
        return new Ledger(
                text,
                tokens,
                tokens.size(),
                passes,
                0,
                0,
                List.of(),
                List.of(),
                0,
                0,
                (firstTokenNanos - arrivedNanos) / NANOS_PER_MS,
                (System.nanoTime() - arrivedNanos) / NANOS_PER_MS,
                List.of(),
                new TokenDetails(cachedTokens, 0, 0));
    }
}
