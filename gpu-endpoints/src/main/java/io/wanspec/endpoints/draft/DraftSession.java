package io.wanspec.endpoints.draft;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.compatibility.Compatibility;
import io.wanspec.contracts.compatibility.Requirement;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.RefusalCode;
import io.wanspec.endpoints.compute.Compute;
import io.wanspec.endpoints.compute.Engine;
import io.wanspec.endpoints.compute.FrameQueue;
import io.wanspec.endpoints.compute.LinkSession;
import io.wanspec.endpoints.compute.Outbound;
import io.wanspec.endpoints.compute.PassRequest;
import io.wanspec.endpoints.compute.PassTime;
import io.wanspec.endpoints.compute.PrefixCheck;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.SequencePass;
import org.jspecify.annotations.Nullable;

/** One draft link: takes every frame that has come, then runs one pass of its worker. */
public final class DraftSession extends LinkSession<DraftFrame> {
    private final Engine engine;
    private final Outbound<DraftFrame> out;
    private final Outbox outbox = new Outbox();
    private @Nullable DraftDecoder drafting;
    private boolean refused;

    public DraftSession(Engine engine, Compute compute, Outbound<DraftFrame> out) {
        super(compute);
        this.engine = engine;
        this.out = out;
    }

    @Override
    protected @Nullable PassRequest advance(FrameQueue<DraftFrame> received) {
        int turn = out.turn();
        DraftFrame frame = received.poll();
        while (frame != null && !refused) {
            onFrame(frame);
            frame = received.poll();
        }
        flush();
        SequencePass part = draft();
        if (part == null && !refused && outbox.isEmpty()) {
            out.rested(turn);
        }
        return part == null ? null : new PassRequest(engine, part);
    }

    @Override
    protected void onPass(Pass pass, PassTime time) {
        if (drafting != null) {
            drafting.computed(pass, time.nanos(), outbox);
            flush();
        }
    }

    private void onFrame(DraftFrame frame) {
        switch (frame) {
            case DraftFrame.Open open -> onOpen(open);
            case DraftFrame.Advance advance -> onAdvance(advance);
            case DraftFrame.Expand expand -> onExpand(expand);
            case DraftFrame.Ready f -> refuseDirection("ready");
            case DraftFrame.Drafted f -> refuseDirection("drafted");
            case DraftFrame.Refused f -> refuseDirection("refused");
        }
    }

    private void onOpen(DraftFrame.Open open) {
        ModelIdentity own = engine.identity();
        Compatibility verdict =
                Compatibility.judge(open.protocol(), new Requirement.SameVocabulary(own, open.target()));
        if (verdict instanceof Compatibility.Refusal refusal) {
            refuse(refusal.code(), refusal.sentence());
        } else if (!engine.canWrite(open.sampling())) {
            refuse(RefusalCode.BAD_FRAME, Engine.UNWRITABLE);
        } else if (!isRefused(PrefixCheck.of(open.prefix(), own))) {
            free();
            drafting = new DraftDecoder(engine, open);
            out.send(new DraftFrame.Ready(open.protocol(), own));
        }
    }

    private void onAdvance(DraftFrame.Advance frame) {
        DraftDecoder opened = opened("advance");
        if (opened == null || isRefused(PrefixCheck.ofIds("committed", frame.committed(), engine.identity()))) {
            return;
        }
        DraftFrame.Refused refusal = opened.advance(frame);
        if (refusal != null) {
            refuse(refusal.code(), refusal.reason());
        }
    }

    private void onExpand(DraftFrame.Expand frame) {
        DraftDecoder opened = opened("expand");
        if (opened != null
                && !isRefused(PrefixCheck.ofIds("guesses", frame.drafts().tokens(), engine.identity()))) {
            opened.expand(frame);
        }
    }

    /** @return null if the link has not begun yet, which ends it */
    private @Nullable DraftDecoder opened(String type) {
        if (drafting == null) {
            refuse(RefusalCode.BAD_FRAME, "type: a link begins with open, not " + type);
        }
        return drafting;
    }

    /** @return the next pass, or null if there is none, or the peer is to take what there is first */
    private @Nullable SequencePass draft() {
        boolean isHeldUp = outbox.isFull() && !out.isWritable();
        return refused || drafting == null || isHeldUp ? null : drafting.next();
    }

    private void flush() {
        while (!refused && !outbox.isEmpty() && out.isWritable()) {
            DraftFrame.Drafted frame = outbox.poll();
            if (frame != null) {
                out.send(frame);
            }
        }
    }

    private boolean isRefused(PrefixCheck check) {
        return switch (check) {
            case PrefixCheck.Fits fits -> false;
            case PrefixCheck.Refused(RefusalCode code, String reason) -> {
                refuse(code, reason);
                yield true;
            }
        };
    }

    private void refuseDirection(String type) {
        refuse(RefusalCode.BAD_FRAME, "type: a client sends open, advance and expand, not " + type);
    }

    private void refuse(RefusalCode code, String reason) {
        refused = true;
        end();
        out.send(new DraftFrame.Refused(code, reason));
        out.close();
    }

    @Override
    protected void refuseAfter(Throwable failure) {
        refused = true;
        out.send(new DraftFrame.Refused(
                codeOf(failure), reasonOf(failure, "the draft's pass failed; open the link again")));
        out.close();
    }

    @Override
    protected void free() {
        if (drafting != null) {
            drafting.release();
            drafting = null;
        }
    }
}
