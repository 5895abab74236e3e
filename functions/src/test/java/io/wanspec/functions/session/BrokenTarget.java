package io.wanspec.functions.session;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.controller.LinkLoss;
import io.wanspec.functions.link.FailureReports;
import io.wanspec.functions.link.GenerationListener;
import io.wanspec.functions.link.Generations;
import io.wanspec.functions.link.Link;
import io.wanspec.functions.link.LinkFailure;
import io.wanspec.functions.link.LinkListener;
import io.wanspec.functions.link.Links;
import io.wanspec.functions.link.WanMeter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A target whose plain stream breaks after so many tokens, and whose links fail so often before one is ready. The word at each
 * position is another one, so that a token that is missing or comes twice shows.
 *
 * @param streamTokens that the stream gives before it breaks
 * @param loss how; null if it just ends
 * @param downFor how many links fail before one is ready; -1 for a bug in opening one
 * @param says the model that the stream says to be of, if it does
 * @param opened how many links were opened
 */
record BrokenTarget(
        int promptTokens,
        int streamTokens,
        @Nullable LinkLoss loss,
        int downFor,
        @Nullable ModelIdentity says,
        AtomicInteger opened)
        implements Links, Generations, FailureReports {
    BrokenTarget(int promptTokens, int streamTokens, @Nullable LinkLoss loss, int downFor) {
        this(promptTokens, streamTokens, loss, downFor, FakeEndpoints.MODEL, new AtomicInteger());
    }

    BrokenTarget saying(@Nullable ModelIdentity other) {
        return new BrokenTarget(promptTokens, streamTokens, loss, downFor, other, opened);
    }

    static String word(int place) {
        return " w" + place;
    }

    @Override
    public Generation open(Invocation.Generate request, GenerationListener listener) {
        for (int i = 0; i < streamTokens; i++) {
            listener.generated(
                    new Reply.Generated(Tokens.of(1), List.of(word(i)), false, 1, null, i == 0 ? says : null));
        }
        if (loss == null) {
            listener.ended();
        } else {
            listener.failed(new LinkFailure("it is down", loss));
        }
        return () -> {};
    }

    @Override
    public Link<TargetFrame> openTarget(LinkListener<TargetFrame> listener) {
        if (downFor < 0) {
            throw new IllegalStateException("a bug");
        }
        boolean fails = opened.getAndIncrement() < downFor;
        return new Link<>() {
            @Override
            public void send(TargetFrame frame) {
                if (fails) {
                    listener.failed(new LinkFailure(
                            "it is down", opened.get() % 2 == 1 ? LinkLoss.UNREACHABLE : LinkLoss.STARTING));
                } else if (frame instanceof TargetFrame.Open open) {
                    listener.received(new TargetFrame.Ready(open.protocol(), FakeEndpoints.MODEL, 0));
                } else if (frame instanceof TargetFrame.Verify verify) {
                    listener.received(new TargetFrame.Verified(
                            verify.round(),
                            verify.position(),
                            verify.branch(),
                            0,
                            Tokens.of(1),
                            List.of(word(verify.position() - promptTokens)),
                            false,
                            1));
                }
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Link<DraftFrame> openDraft(WorkerId worker, LinkListener<DraftFrame> listener, WanMeter meter) {
        throw new AssertionError("a target-only request asks no worker");
    }

    @Override
    public void targetFailed() {}

    @Override
    public void workerFailed(WorkerId worker) {}
}
