package io.wanspec.functions.responses;

import io.wanspec.functions.access.Ownership;
import java.time.Instant;

/**
 * What is remembered of a response beside its session, which holds the text.
 *
 * @param conversation all that was said before, and the response's own input
 * @param cancelled whether somebody asked for no more of it
 */
public record ResponseRecord(
        ResponseHead head, Ownership owner, Conversation conversation, boolean cancelled, Instant expiresAt) {}
