package io.wanspec.functions.link;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.TargetFrame;

/**
 * What a target has been told of a session, and has committed since: enough to open the session at another instance.
 *
 * @param open as the session was opened
 * @param committed by rounds since then
 */
record ToldPrefix(TargetFrame.Open open, Tokens committed) {
    static ToldPrefix of(TargetFrame.Open open) {
        return new ToldPrefix(open, Tokens.none());
    }

    ToldPrefix after(TargetFrame.Verified round) {
        return round.position() == size() ? new ToldPrefix(open, committed.plus(round.tokens())) : this;
    }

    /** Whether a round goes on from here. */
    boolean isBefore(TargetFrame.Verify round) {
        return round.position() == size() && round.branch().equals(Branch.of(all()));
    }

    /** What opens the session where it stands now. */
    TargetFrame.Open reopened() {
        return new TargetFrame.Open(
                open.protocol(),
                open.session(),
                open.sampling(),
                all(),
                open.promptTokens(),
                open.caller(),
                open.logprobs());
    }

    private int size() {
        return open.prefix().size() + committed.size();
    }

    private Tokens all() {
        return open.prefix().plus(committed);
    }
}
