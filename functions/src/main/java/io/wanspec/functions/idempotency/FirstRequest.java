package io.wanspec.functions.idempotency;

import io.wanspec.contracts.SessionId;

/**
 * The request that came first under a key.
 *
 * @param session whose text is the answer
 * @param createdSeconds the time that its answer has
 */
public record FirstRequest(Fingerprint fingerprint, SessionId session, long createdSeconds) {}
