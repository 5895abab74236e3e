package io.wanspec.simulator.fault;

import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.FrameCodec;

/** Frames through the codec and back, for those cases that shall see it too. */
final class Wire {
    private Wire() {}

    static DraftFrame draft(DraftFrame frame, boolean encodes) {
        return encodes ? FrameCodec.decodeDraft(FrameCodec.encode(frame)) : frame;
    }
}
