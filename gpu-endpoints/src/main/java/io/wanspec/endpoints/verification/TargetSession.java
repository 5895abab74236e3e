package io.wanspec.endpoints.verification;

import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.compatibility.Compatibility;
import io.wanspec.contracts.frame.RefusalCode;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.endpoints.compute.CacheNeed;
import io.wanspec.endpoints.compute.Compute;
import io.wanspec.endpoints.compute.Engine;
import io.wanspec.endpoints.compute.FrameQueue;
import io.wanspec.endpoints.compute.Guest;
import io.wanspec.endpoints.compute.LinkSession;
import io.wanspec.endpoints.compute.Outbound;
import io.wanspec.endpoints.compute.PassRequest;
import io.wanspec.endpoints.compute.PassTime;
import io.wanspec.endpoints.compute.PrefixCheck;
import io.wanspec.endpoints.compute.Sequences;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.SequencePass;
import org.jspecify.annotations.Nullable;

/**
 * One target link: at most one round or one part of a prefix at a time. A round that is asked to go on does so pass by pass, as long as
 * its answers are taken.
 */
public final class TargetSession extends LinkSession<TargetFrame> {
    private final Engine engine;
    private final Outbound<TargetFrame> out;
    private @Nullable TargetDecoder decoder;

    /** What is not answered yet: there is no room for its cache, or its prefix is being computed. */
    private TargetFrame.@Nullable Open opening;

    private boolean refused;
    private ProtocolVersion protocol = ProtocolVersion.CURRENT;

    /**
     * What is not answered yet: there is no room to go on, the cache is computed again, or the round's pass is under way. Of a round
     * that goes on, what is left of it.
     */
    private TargetFrame.@Nullable Verify verifying;

    /** The round as it was asked for. */
    private TargetFrame.@Nullable Verify asked;

    /** Whether what is verified is the rest of a round. */
    private boolean onward;

    /** The last one to it, or to the round before while its first pass is under way: no frame is taken then. */
    private TargetFrame.@Nullable Verified answer;

    public TargetSession(Engine engine, Compute compute, Outbound<TargetFrame> out) {
        super(compute);
        this.engine = engine;
        this.out = out;
    }

    /** Frames are taken until one needs a pass. */
    @Override
    protected @Nullable PassRequest advance(FrameQueue<TargetFrame> received) {
        SequencePass part = unfinished();
        while (part == null && opening == null && verifying == null && !refused && out.isWritable()) {
            TargetFrame frame = received.poll();
            if (frame == null) {
                return null;
            }
            part = onFrame(frame);
        }
        return part == null ? null : new PassRequest(engine, part);
    }

    private @Nullable SequencePass onFrame(TargetFrame frame) {
        switch (frame) {
            case TargetFrame.Open open -> onOpen(open);
            case TargetFrame.Verify verify -> {
                return onVerify(verify);
            }
            case TargetFrame.Ready f -> refuseDirection("ready");
            case TargetFrame.Verified f -> refuseDirection("verified");
            case TargetFrame.PrefixUnknown f -> refuseDirection("prefixUnknown");
            case TargetFrame.Refused f -> refuseDirection("refused");
        }
        return filling();
    }

    private @Nullable SequencePass unfinished() {
        if (verifying == null) {
            return filling();
        }
        return onward && !out.isWritable() ? null : verifying();
    }

    private void onOpen(TargetFrame.Open open) {
        if (Compatibility.judge(open.protocol()) instanceof Compatibility.Refusal refusal) {
            refuse(refusal.code(), refusal.sentence());
            return;
        }
        switch (PrefixCheck.of(open.prefix(), engine.identity())) {
            case PrefixCheck.Refused refused -> refuse(refused.code(), refused.reason());
            case PrefixCheck.Fits fits when engine.canWrite(open.sampling()) -> begin(open);
            case PrefixCheck.Fits fits -> refuse(RefusalCode.BAD_FRAME, Engine.UNWRITABLE);
        }
    }

    private void begin(TargetFrame.Open open) {
        free();
        protocol = open.protocol();
        opening = open;
    }

    /** The next part of the prefix, once there is room for it; the peer is told when there is none left. */
    private @Nullable SequencePass filling() {
        TargetDecoder filled = opening == null ? null : decoder(opening);
        if (filled == null) {
            return null;
        }
        if (!filled.isFilled() && !filled.reserve(0, this::wake)) {
            return null;
        }
        if (!filled.isFilled()) {
            return filled.fill();
        }
        filled.computed();
        opening = null;
        out.send(new TargetFrame.Ready(protocol, engine.identity(), filled.cachedTokens()));
        return null;
    }

    private @Nullable TargetDecoder decoder(TargetFrame.Open open) {
        if (decoder == null) {
            Sequences.Lease lease = engine.room()
                    .enter(
                            this,
                            this::wake,
                            new Guest(
                                    open.caller(), open.session(), open.prefix().size() > open.promptTokens()),
                            open.prefix(),
                            CacheNeed.growing(open.prefix()));
            if (lease != null) {
                decoder = new TargetDecoder(
                        engine, open.sampling(), open.prefix(), open.promptTokens(), lease, open.logprobs());
            }
        }
        return decoder;
    }

    private @Nullable SequencePass onVerify(TargetFrame.Verify frame) {
        if (answer != null && frame.equals(asked)) {
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
            asked = frame;
            onward = false;
            verifying = frame;
            return verifying();
        }
        return null;
    }

    /** The round's pass, or one that computes a cache again that was given up; null while there is no room. */
    private @Nullable SequencePass verifying() {
        TargetFrame.Verify frame = verifying;
        TargetDecoder with = decoder;
        if (frame == null || with == null || !with.reserve(frame.drafts().size(), this::wake)) {
            return null;
        }
        return with.isFilled() ? with.verification(frame.drafts()) : with.fill();
    }

    @Override
    protected void onPass(Pass pass, PassTime time) {
        TargetFrame.Verify frame = verifying;
        TargetDecoder with = decoder;
        if (with == null || !with.computed() || frame == null) {
            return;
        }
        TargetDecoder.Round round = with.commit(pass);
        boolean goesOn = frame.onward() > 0 && !round.result().ended() && with.hasRoom();
        TargetFrame.Verified answer = answer(frame, round, time, goesOn);
        verifying = goesOn ? frame.behind(answer) : null;
        onward = goesOn;
        this.answer = answer;
        out.send(answer);
    }

    private TargetFrame.Verified answer(
            TargetFrame.Verify frame, TargetDecoder.Round round, PassTime time, boolean goesOn) {
        VerificationResult result = round.result();
        return new TargetFrame.Verified(
                frame.round(),
                frame.position(),
                frame.branch(),
                result.accepted(),
                result.tokens(),
                round.pieces(),
                result.ended(),
                time.micros(),
                protocol.tellsLoad() ? time.load() : null,
                round.logprobs(),
                goesOn);
    }

    private void refuseDirection(String type) {
        refuse(RefusalCode.BAD_FRAME, "type: a client sends open and verify, not " + type);
    }

    private void refuse(RefusalCode code, String reason) {
        refused = true;
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
        engine.room().leave(this);
        if (decoder != null) {
            decoder.release();
            decoder = null;
        }
        verifying = null;
        asked = null;
        answer = null;
        opening = null;
    }
}
