package io.wanspec.endpoints.server;

import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.FrameCodec;
import io.wanspec.contracts.frame.RefusalCode;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.endpoints.compute.Compute;
import io.wanspec.endpoints.compute.Engine;
import io.wanspec.endpoints.compute.LinkSession;
import io.wanspec.endpoints.compute.Outbound;
import io.wanspec.endpoints.draft.DraftSession;
import io.wanspec.endpoints.verification.TargetSession;

/** What differs between the two roles' duplex streams. */
interface LinkProtocol<F> {
    /** @throws io.wanspec.contracts.frame.FrameException if the bytes are no frame */
    F decode(byte[] json);

    byte[] encode(F frame);

    F refusal(RefusalCode code, String reason);

    boolean isRefusal(F frame);

    /** Whether a link may begin with this frame. */
    boolean mayBegin(F frame);

    LinkSession<F> open(Engine engine, Compute compute, Outbound<F> out);

    static LinkProtocol<?> of(Role role) {
        return switch (role) {
            case TARGET -> new Target();
            case DRAFT -> new Draft();
        };
    }

    /** The target role's. */
    final class Target implements LinkProtocol<TargetFrame> {
        @Override
        public TargetFrame decode(byte[] json) {
            return FrameCodec.decodeTarget(json);
        }

        @Override
        public byte[] encode(TargetFrame frame) {
            return FrameCodec.encode(frame);
        }

        @Override
        public TargetFrame refusal(RefusalCode code, String reason) {
            return new TargetFrame.Refused(code, reason);
        }

        @Override
        public boolean isRefusal(TargetFrame frame) {
            return frame instanceof TargetFrame.Refused;
        }

        /** A round on a prefix that is not there has an answer of its own. */
        @Override
        public boolean mayBegin(TargetFrame frame) {
            return true;
        }

        @Override
        public LinkSession<TargetFrame> open(Engine engine, Compute compute, Outbound<TargetFrame> out) {
            return new TargetSession(engine, compute, out);
        }
    }

    /** The draft role's. */
    final class Draft implements LinkProtocol<DraftFrame> {
        @Override
        public DraftFrame decode(byte[] json) {
            return FrameCodec.decodeDraft(json);
        }

        @Override
        public byte[] encode(DraftFrame frame) {
            return FrameCodec.encode(frame);
        }

        @Override
        public DraftFrame refusal(RefusalCode code, String reason) {
            return new DraftFrame.Refused(code, reason);
        }

        @Override
        public boolean isRefusal(DraftFrame frame) {
            return frame instanceof DraftFrame.Refused;
        }

        @Override
        public boolean mayBegin(DraftFrame frame) {
            return frame instanceof DraftFrame.Open;
        }

        @Override
        public LinkSession<DraftFrame> open(Engine engine, Compute compute, Outbound<DraftFrame> out) {
            return new DraftSession(engine, compute, out);
        }
    }
}
