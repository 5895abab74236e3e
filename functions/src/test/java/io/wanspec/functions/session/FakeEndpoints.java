package io.wanspec.functions.session;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.functions.link.FailureReports;
import io.wanspec.functions.link.GenerationListener;
import io.wanspec.functions.link.Generations;
import io.wanspec.functions.link.Link;
import io.wanspec.functions.link.LinkFailure;
import io.wanspec.functions.link.LinkListener;
import io.wanspec.functions.link.Links;
import io.wanspec.functions.link.WanMeter;
import java.util.List;

/** A target that answers at once, on the caller's thread, always with the same word; and workers that are always lost. */
public final class FakeEndpoints implements Links, Generations, FailureReports {
    static final ModelIdentity MODEL = new ModelIdentity("fake", "a".repeat(64), "b".repeat(64), 10, 1_000);
    /** What the endpoint serves after an update. */
    static final ModelIdentity OTHER = new ModelIdentity("fake", "a".repeat(64), "c".repeat(64), 10, 1_000);

    private static final String WORD = " w";

    /** The text of a completion of so many tokens. */
    static String text(int tokens) {
        return WORD.repeat(tokens);
    }

    @Override
    public Link<TargetFrame> openTarget(LinkListener<TargetFrame> listener) {
        return new Link<>() {
            @Override
            public void send(TargetFrame frame) {
                if (frame instanceof TargetFrame.Open open) {
                    listener.received(new TargetFrame.Ready(open.protocol(), MODEL, 0));
                } else if (frame instanceof TargetFrame.Verify verify) {
                    listener.received(new TargetFrame.Verified(
                            verify.round(),
                            verify.position(),
                            verify.branch(),
                            0,
                            Tokens.of(1),
                            List.of(WORD),
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
        return new Link<>() {
            @Override
            public void send(DraftFrame frame) {
                listener.failed(new LinkFailure("this worker is always lost", false));
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Generation open(Invocation.Generate request, GenerationListener listener) {
        for (int i = 0; i < request.maxTokens(); i++) {
            listener.generated(new Reply.Generated(Tokens.of(1), List.of(WORD), false, 1));
        }
        listener.ended();
        return () -> {};
    }

    @Override
    public void targetFailed() {}

    @Override
    public void workerFailed(WorkerId worker) {}
}
