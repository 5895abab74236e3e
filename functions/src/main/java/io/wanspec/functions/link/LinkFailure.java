package io.wanspec.functions.link;

/**
 * Why a link, or a stream of tokens, failed.
 *
 * @param reason in plain words, for clients too; never contains a prompt or a text
 * @param mayRetry whether a new link could succeed
 */
public record LinkFailure(String reason, boolean mayRetry) {}
