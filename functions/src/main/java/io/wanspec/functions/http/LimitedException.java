package io.wanspec.functions.http;

import io.wanspec.functions.access.budget.LimitHit;

/** A request that runs into a limit of its key. */
public final class LimitedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient LimitHit hit;

    LimitedException(LimitHit hit) {
        super("a key's limit of " + hit.kind().words());
        this.hit = hit;
    }

    LimitHit hit() {
        return hit;
    }
}
