package io.wanspec.endpoints.verification;

import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.compatibility.Compatibility;
import io.wanspec.contracts.frame.RefusalCode;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.endpoints.compute.Compute;
import io.wanspec.endpoints.compute.Engine;
import io.wanspec.endpoints.compute.FrameQueue;
import io.wanspec.endpoints.compute.LinkSession;
import io.wanspec.endpoints.compute.Outbound;
import io.wanspec.endpoints.compute.PrefixCheck;
import org.jspecify.annotations.Nullable;

/** One target link: at most one frame or one chunk of a prefix at a time. */
public final class TargetSession extends LinkSession<TargetFrame> {
    private final Engine engine;
    private final Outbound<TargetFrame> out;
    private @Nullable TargetDecoder decoder;
    private boolean opening;
    private ProtocolVersion protocol = ProtocolVersion.CURRENT;
    private TargetFrame.@Nullable Verify answered;
    private TargetFrame.@Nullable Verified answer;

    public TargetSession(Engine engine, Compute compute, Outbound<TargetFrame> out) {
        super(compute);
        this.engine = engine;
        this.out = out;
    }

    @Override
    protected boolean advance(FrameQueue<TargetFrame> received) {
        if (opening && decoder != null) {
            return fill(decoder, received);
        }
        if (!out.isWritable()) {
            return false;
        }
        TargetFrame frame = received.poll();
        if (frame == null) {
            return false;
        }
        switch (frame) {
            case TargetFrame.Open open -> onOpen(open);
            case TargetFrame.Verify verify -> onVerify(verify);
            case TargetFrame.Ready f -> refuseDirection("ready");
            case TargetFrame.Verified f -> refuseDirection("verified");
            case TargetFrame.PrefixUnknown f -> refuseDirection("prefixUnknown");
            case TargetFrame.Refused f -> refuseDirection("refused");
        }
        return opening || !received.isEmpty();
    }

    private void onOpen(TargetFrame.Open open) {
        if (Compatibility.judge(open.protocol()) instanceof Compatibility.Refusal refusal) {
            refuse(refusal.code(), refusal.sentence());
            return;
        }
        switch (PrefixCheck.of(open.prefix(), engine.identity())) {
            case PrefixCheck.Refused refused -> refuse(refused.code(), refused.reason());
            case PrefixCheck.Fits fits -> begin(open);
        }
    }

    private void begin(TargetFrame.Open open) {
        free();
        protocol = open.protocol();
        decoder = new TargetDecoder(engine, open.sampling(), open.prefix(), open.promptTokens());
        opening = true;
    }

    private boolean fill(TargetDecoder filling, FrameQueue<TargetFrame> received) {
        if (!filling.isFilled()) {
            filling.fill();
        }
        if (!filling.isFilled()) {
            return true;
        }
        opening = false;
        out.send(new TargetFrame.Ready(protocol, engine.identity(), filling.cachedTokens()));
        return !received.isEmpty();
    }

    private void onVerify(TargetFrame.Verify frame) {
        if (answer != null && frame.equals(answered)) {
            // A duplicate: the pass was run, and what it committed must not be committed twice.
            out.send(answer);
        } else if (decoder == null || !decoder.holds(frame.position(), frame.branch())) {
            out.send(new TargetFrame.PrefixUnknown(frame.round(), frame.position(), frame.branch()));
        } else if (!decoder.hasRoom()) {
            refuse(
                    RefusalCode.CONTEXT_EXCEEDED,
                    "position " + frame.position() + " reaches the model's context of "
                            + engine.identity().contextTokens() + " tokens");
        } else {
            verify(decoder, frame);
        }
    }

    private void verify(TargetDecoder with, TargetFrame.Verify frame) {
        TargetDecoder.Round round = with.verify(frame.drafts());
        VerificationResult result = round.result();
        answered = frame;
        answer = new TargetFrame.Verified(
                frame.round(),
                frame.position(),
                frame.branch(),
                result.accepted(),
                result.tokens(),
                round.pieces(),
                result.ended(),
                round.passMicros());
        out.send(answer);
    }

    private void refuseDirection(String type) {
        refuse(RefusalCode.BAD_FRAME, "type: a client sends open and verify, not " + type);
    }

    private void refuse(RefusalCode code, String reason) {
        end();
        out.send(new TargetFrame.Refused(code, reason));
        out.close();
    }

    @Override
    protected void refuseAfter(Throwable failure) {
        out.send(new TargetFrame.Refused(
                codeOf(failure), reasonOf(failure, "the target's pass failed; open the link again")));
        out.close();
    }

    @Override
    protected void free() {
        if (decoder != null) {
            decoder.release();
            decoder = null;
        }
        answered = null;
        answer = null;
        opening = false;
    }
}
