package io.wanspec.functions.link;

import io.wanspec.controller.LinkLoss;

/**
 * Why a link, or a stream of tokens, failed.
 *
 * @param reason in plain words, for clients too; never contains a prompt or a text
 * @param loss what it says about a new link
 * @param streamsMissing whether it says that duplex streams are not offered, so that single calls may still succeed
 */
public record LinkFailure(String reason, LinkLoss loss, boolean streamsMissing) {
    public LinkFailure(String reason, LinkLoss loss) {
        this(reason, loss, false);
    }

    /** @param mayRetry whether a new link could succeed */
    public LinkFailure(String reason, boolean mayRetry) {
        this(reason, LinkLoss.of(mayRetry));
    }

    public boolean mayRetry() {
        return loss.mayRetry();
    }
}
