package io.wanspec.functions.session;

import io.wanspec.contracts.compatibility.Compatibility;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.controller.Event;
import io.wanspec.functions.link.LinkFailure;
import java.util.function.BooleanSupplier;

/** Hears the target. */
final class TargetInbox extends LinkInbox<TargetFrame> {
    TargetInbox(EventQueue events, BooleanSupplier lowersVersion) {
        super(events, lowersVersion);
    }

    @Override
    Event event(long nowNanos, TargetFrame frame) {
        return switch (frame) {
            case TargetFrame.Ready ready -> ready(nowNanos, ready);
            case TargetFrame.Verified verified -> new Event.TargetVerified(nowNanos, verified);
            case TargetFrame.PrefixUnknown unknown -> new Event.TargetForgotPrefix(nowNanos, unknown);
            case TargetFrame.Refused refused ->
                new Event.TargetLost(nowNanos, refused.code() + ": " + refused.reason(), lossBy(refused.code()));
            case TargetFrame.Open open -> invalidFrame(nowNanos);
            case TargetFrame.Verify verify -> invalidFrame(nowNanos);
        };
    }

    @Override
    Event failureEvent(long nowNanos, LinkFailure failure) {
        return new Event.TargetLost(nowNanos, failure.reason(), failure.loss());
    }

    private static Event ready(long nowNanos, TargetFrame.Ready ready) {
        return switch (Compatibility.judge(ready.protocol())) {
            case Compatibility.Agreed agreed -> new Event.TargetReady(nowNanos, ready);
            case Compatibility.Refusal refusal -> new Event.TargetLost(nowNanos, refusal.sentence(), false);
        };
    }

    private static Event invalidFrame(long nowNanos) {
        return new Event.TargetLost(nowNanos, "the target sent a frame that only a target receives", false);
    }
}
