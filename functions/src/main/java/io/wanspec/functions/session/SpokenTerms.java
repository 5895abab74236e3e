package io.wanspec.functions.session;

import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.TargetFrame;
import java.util.function.UnaryOperator;

/**
 * The terms of one session's links as they are now. While an endpoint is upgraded, old and new instances serve side by side: a
 * link may reach one that is older than the one that described the endpoint. A peer that refuses a link for its protocol is
 * spoken to in the oldest version from then on, which both kinds speak. That happens once a peer at most. Peers are heard on
 * threads of their own.
 */
final class SpokenTerms {
    private final boolean ruled;
    private LinkTerms terms;

    /** @param ruled whether an older target would make another text, or leave log-probabilities out, so that none is spoken to */
    SpokenTerms(LinkTerms agreed, boolean ruled) {
        terms = agreed;
        this.ruled = ruled;
    }

    synchronized TargetFrame.Open of(TargetFrame.Open frame) {
        return terms.of(frame);
    }

    synchronized DraftFrame.Open of(WorkerId worker, DraftFrame.Open frame) {
        return terms.of(worker, frame);
    }

    /** @return whether there was a lower version to go to */
    boolean lowerTarget() {
        return !ruled && lower(LinkTerms::withOldestForTarget);
    }

    /** @return whether there was a lower version to go to */
    boolean lowerWorker(WorkerId worker) {
        return lower(now -> now.withOldestFor(worker));
    }

    private synchronized boolean lower(UnaryOperator<LinkTerms> change) {
        LinkTerms before = terms;
        terms = change.apply(before);
        return !terms.equals(before);
    }
}
