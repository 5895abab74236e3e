package io.wanspec.functions.link;

/**
 * Why a link died.
 *
 * @param reason for the log; never contains a prompt or a text
 * @param mayRetry whether a new link could succeed
 */
public record LinkFailure(String reason, boolean mayRetry) {}
