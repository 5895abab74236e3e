package io.wanspec.contracts.timeline;

import org.jspecify.annotations.Nullable;

/**
 * A committed token. What is not known is null.
 *
 * @param worker whose draft it was
 * @param entropy of the draft's distribution at this place, in nats
 * @param rank among that draft's candidates, from 1
 * @param surprisal of the token among these candidates, in nats
 * @param drafted when the draft came, in milliseconds
 * @param logprob the target's own, by its raw logits
 * @param targetRank its place among the likeliest by those, from 1
 * @param id only where text was asked for
 * @param text the token's own piece; only where text was asked for
 */
public record TimelineToken(
        TokenSource source,
        @Nullable String worker,
        @Nullable Double entropy,
        @Nullable Integer rank,
        @Nullable Double surprisal,
        @Nullable Double drafted,
        @Nullable Double logprob,
        @Nullable Integer targetRank,
        @Nullable Integer id,
        @Nullable String text) {}
