package io.wanspec.functions.link;

import io.wanspec.contracts.invoke.Reply;

/** How far a plain generation has come: once its text has ended, the stream's own end is about to follow. */
final class TextProgress {
    private final int maxTokens;
    private int tokens;
    private volatile boolean ended;

    TextProgress(int maxTokens) {
        this.maxTokens = maxTokens;
    }

    void add(Reply.Generated line) {
        tokens += line.tokens().size();
        ended = ended || line.ended() || tokens >= maxTokens;
    }

    /** Whether the endpoint has no token left to send. */
    boolean ended() {
        return ended;
    }
}
