package io.wanspec.functions.jobs;

import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.controller.LinkLoss;
import io.wanspec.functions.link.Link;
import io.wanspec.functions.link.LinkFailure;
import io.wanspec.functions.link.LinkListener;
import io.wanspec.functions.link.Links;
import io.wanspec.functions.link.WanMeter;
import io.wanspec.functions.resume.HalvesTarget;

/** A target that is lost after some rounds, for good. */
final class FlakyTarget implements Links {
    private final HalvesTarget target = new HalvesTarget();
    private final LinkLoss loss;
    private int roundsLeft;

    FlakyTarget(int rounds, LinkLoss loss) {
        this.roundsLeft = rounds;
        this.loss = loss;
    }

    @Override
    public Link<TargetFrame> openTarget(LinkListener<TargetFrame> listener) {
        Link<TargetFrame> link = target.openTarget(listener);
        return new Link<>() {
            @Override
            public void send(TargetFrame frame) {
                if (frame instanceof TargetFrame.Verify && roundsLeft-- <= 0) {
                    listener.failed(new LinkFailure("it is lost", loss));
                } else {
                    link.send(frame);
                }
            }

            @Override
            public void close() {
                link.close();
            }
        };
    }

    @Override
    public Link<DraftFrame> openDraft(WorkerId worker, LinkListener<DraftFrame> listener, WanMeter meter) {
        return target.openDraft(worker, listener, meter);
    }
}
