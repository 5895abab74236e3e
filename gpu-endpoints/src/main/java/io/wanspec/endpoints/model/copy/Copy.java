package io.wanspec.endpoints.model.copy;

/**
 * A token that an earlier place of the text suggests.
 *
 * @param token that followed there
 * @param agreed how many tokens before that place agree with the text's end, 1 to {@link io.wanspec.endpoints.model.CopyShares#AGREED_MAX}
 */
public record Copy(int token, int agreed) {}
