package io.wanspec.functions.session;

import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.controller.Event;
import io.wanspec.functions.link.LinkFailure;

/** Hears the target. */
final class TargetInbox extends LinkInbox<TargetFrame> {
    TargetInbox(Mailbox mailbox) {
        super(mailbox);
    }

    @Override
    Event event(long nowNanos, TargetFrame frame) {
        return switch (frame) {
            case TargetFrame.Ready ready -> ready(nowNanos, ready);
            case TargetFrame.Verified verified -> new Event.TargetVerified(nowNanos, verified);
            case TargetFrame.PrefixUnknown unknown -> new Event.TargetForgotPrefix(nowNanos, unknown);
            case TargetFrame.Refused refused ->
                new Event.TargetLost(
                        nowNanos,
                        refused.code() + ": " + refused.reason(),
                        refused.code().isTransient());
            case TargetFrame.Open open -> invalidFrame(nowNanos);
            case TargetFrame.Verify verify -> invalidFrame(nowNanos);
        };
    }

    @Override
    Event failureEvent(long nowNanos, LinkFailure failure) {
        return new Event.TargetLost(nowNanos, failure.reason(), failure.mayRetry());
    }

    private static Event ready(long nowNanos, TargetFrame.Ready ready) {
        return ready.protocol().equals(ProtocolVersion.CURRENT)
                ? new Event.TargetReady(nowNanos, ready)
                : new Event.TargetLost(nowNanos, ProtocolVersion.CURRENT.refusalOf(ready.protocol()), false);
    }

    private static Event invalidFrame(long nowNanos) {
        return new Event.TargetLost(nowNanos, "the target sent a frame that only a target receives", false);
    }
}
