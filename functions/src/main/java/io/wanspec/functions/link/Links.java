package io.wanspec.functions.link;

import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.TargetFrame;

/** Opens links. */
public interface Links {
    Link<TargetFrame> openTarget(LinkListener<TargetFrame> listener);

    /**
     * @param worker one of the configured ones
     * @param meter counts the frames' bytes of workers outside the busy region
     */
    Link<DraftFrame> openDraft(WorkerId worker, LinkListener<DraftFrame> listener, WanMeter meter);
}
