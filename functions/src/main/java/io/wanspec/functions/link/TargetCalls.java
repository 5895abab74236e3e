package io.wanspec.functions.link;

import io.wanspec.contracts.LinkId;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.compatibility.Compatibility;
import io.wanspec.contracts.compatibility.Requirement;
import io.wanspec.contracts.frame.FrameCodec;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.contracts.invoke.FrameJson;
import io.wanspec.contracts.invoke.Invocation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A target link that is made of single calls, one {@code InvokeEndpoint} a round. A round may reach an instance that does not
 * hold the prefix: it goes out again with the whole of it. That instance may serve other weights, in the middle of an update:
 * its answer is then not heard, and the link ends.
 */
final class TargetCalls implements Link<TargetFrame> {
    private static final Logger LOG = LoggerFactory.getLogger(TargetCalls.class);

    private final String endpoint;
    private final LinkExchanges exchanges;
    private final LinkListener<TargetFrame> listener;
    private final LinkId id = LinkId.fresh();
    private final AtomicBoolean over = new AtomicBoolean();
    private final LinkThread thread;
    private @Nullable ToldPrefix told;
    private @Nullable ModelIdentity model;

    TargetCalls(String endpoint, LinkExchanges exchanges, LinkListener<TargetFrame> listener) {
        this.endpoint = endpoint;
        this.exchanges = exchanges;
        this.listener = listener;
        this.thread = new LinkThread("target-calls-" + endpoint);
    }

    @Override
    public void send(TargetFrame frame) {
        if (!thread.run(() -> call(frame))) {
            fail(new LinkFailure("frames are not taken by the network", true));
        }
    }

    @Override
    public void close() {
        over.set(true);
        thread.end(() -> exchanges.leave(new Invocation.Exchange(id, List.of())));
    }

    private void call(TargetFrame frame) {
        if (over.get()) {
            return;
        }
        try {
            switch (frame) {
                case TargetFrame.Open open -> open(open);
                case TargetFrame.Verify verify -> round(verify);
                default -> throw new IllegalArgumentException("no frame for a target");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RuntimeException e) {
            LOG.warn("A call of a link to {} failed: {}", endpoint, LinkFailures.detail(e));
            fail(LinkFailures.of(e));
        }
    }

    private void open(TargetFrame.Open open) throws InterruptedException, ExecutionException {
        told = ToldPrefix.of(open);
        exchange(List.of(open), true).forEach(this::hear);
    }

    /** A call has one answer: nothing comes behind it unasked. */
    private void round(TargetFrame.Verify asked) throws InterruptedException, ExecutionException {
        TargetFrame.Verify verify = asked.once();
        ToldPrefix prefix = told;
        List<TargetFrame> answers = answersTo(verify, prefix);
        boolean forgotten = answers.stream().anyMatch(TargetFrame.PrefixUnknown.class::isInstance);
        if (forgotten && prefix != null && prefix.isBefore(verify)) {
            answers = exchange(List.of(prefix.reopened(), verify), true);
        }
        answers.forEach(this::hear);
    }

    /** A session that SageMaker does not know any more is a forgotten prefix: its instance is gone. */
    private List<TargetFrame> answersTo(TargetFrame.Verify verify, @Nullable ToldPrefix prefix)
            throws InterruptedException, ExecutionException {
        boolean inSession = exchanges.session() != null;
        try {
            return exchange(List.of(verify), false);
        } catch (ExecutionException e) {
            boolean sessionGone = inSession && FailureKind.of(LinkFailures.unwrap(e)) == FailureKind.REFUSED;
            if (!sessionGone || prefix == null) {
                throw e;
            }
            exchanges.leaveSession();
            return List.of(new TargetFrame.PrefixUnknown(verify.round(), verify.position(), verify.branch()));
        }
    }

    private List<TargetFrame> exchange(List<TargetFrame> frames, boolean opens)
            throws InterruptedException, ExecutionException {
        List<FrameJson> encoded = frames.stream()
                .map(frame -> FrameJson.of(FrameCodec.encode(frame)))
                .toList();
        List<TargetFrame> answers = new ArrayList<>();
        for (FrameJson answer : exchanges.call(new Invocation.Exchange(id, encoded), opens)) {
            answers.add(FrameCodec.decodeTarget(answer.bytes()));
        }
        return answers;
    }

    private void hear(TargetFrame answer) {
        if (over.get()) {
            return;
        }
        switch (answer) {
            case TargetFrame.Ready ready -> ready(ready);
            case TargetFrame.Verified verified -> {
                told = told == null ? null : told.after(verified);
                listener.received(verified);
            }
            default -> listener.received(answer);
        }
    }

    /** Only the first is news to the session; the others must be of the same model. */
    private void ready(TargetFrame.Ready ready) {
        ModelIdentity first = model;
        if (first == null) {
            model = ready.model();
            listener.received(ready);
        } else if (Compatibility.judge(ready.protocol(), new Requirement.SameWeights(first, ready.model()))
                instanceof Compatibility.Refusal refusal) {
            fail(new LinkFailure(refusal.sentence(), false));
        }
    }

    private void fail(LinkFailure failure) {
        if (over.compareAndSet(false, true)) {
            listener.failed(failure);
        }
    }
}
