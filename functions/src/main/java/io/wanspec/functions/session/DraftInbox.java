package io.wanspec.functions.session;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.compatibility.Compatibility;
import io.wanspec.contracts.compatibility.Requirement;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.controller.Event;
import io.wanspec.controller.LinkLoss;
import io.wanspec.functions.link.LinkFailure;
import java.util.function.BooleanSupplier;

/** Hears a draft worker, whom nobody trusts. */
final class DraftInbox extends LinkInbox<DraftFrame> {
    private final WorkerId worker;
    private final ModelIdentity target;

    DraftInbox(EventQueue events, BooleanSupplier lowersVersion, WorkerId worker, ModelIdentity target) {
        super(events, lowersVersion);
        this.worker = worker;
        this.target = target;
    }

    @Override
    Event event(long nowNanos, DraftFrame frame) {
        return switch (frame) {
            case DraftFrame.Ready ready -> ready(nowNanos, ready);
            case DraftFrame.Drafted drafted -> new Event.WorkerDrafted(nowNanos, worker, drafted);
            case DraftFrame.Refused refused ->
                lost(nowNanos, refused.code() + ": " + refused.reason(), lossBy(refused.code()));
            case DraftFrame.Open open -> invalidFrame(nowNanos);
            case DraftFrame.Advance advance -> invalidFrame(nowNanos);
            case DraftFrame.Expand expand -> invalidFrame(nowNanos);
        };
    }

    @Override
    Event failureEvent(long nowNanos, LinkFailure failure) {
        return lost(nowNanos, failure.reason(), failure.loss());
    }

    private Event ready(long nowNanos, DraftFrame.Ready ready) {
        return switch (Compatibility.judge(ready.protocol(), new Requirement.SameVocabulary(ready.model(), target))) {
            case Compatibility.Agreed agreed -> new Event.WorkerReady(nowNanos, worker, ready);
            case Compatibility.Refusal refusal -> lost(nowNanos, refusal.sentence(), LinkLoss.FINAL);
        };
    }

    private Event invalidFrame(long nowNanos) {
        return lost(nowNanos, "the worker sent a frame that only a worker receives", LinkLoss.FINAL);
    }

    private Event lost(long nowNanos, String reason, LinkLoss loss) {
        return new Event.WorkerLost(nowNanos, worker, reason, loss);
    }
}
