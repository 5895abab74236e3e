package io.wanspec.functions.idempotency;

/**
 * The request that came first under a key.
 *
 * @param facts of its answer, whose text the session has
 */
public record FirstRequest(Fingerprint fingerprint, AnswerFacts facts) {}
