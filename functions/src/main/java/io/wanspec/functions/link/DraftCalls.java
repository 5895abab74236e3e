package io.wanspec.functions.link;

import io.wanspec.contracts.LinkId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.FrameCodec;
import io.wanspec.contracts.invoke.FrameJson;
import io.wanspec.contracts.invoke.Invocation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A draft link that is made of calls: one {@code InvokeEndpoint} opens it, then response streams carry what the worker drafts
 * until it may draft no further. What the controller says meanwhile goes out with a new stream, which takes the place of the
 * one before, as soon as that one's head has come: so frames cannot overtake each other, and two streams are open at most.
 */
final class DraftCalls implements Link<DraftFrame> {
    private static final Logger LOG = LoggerFactory.getLogger(DraftCalls.class);
    private static final int FRAMES_A_CALL_MAX = 64;

    private final String endpoint;
    private final LinkExchanges exchanges;
    private final FollowCalls follows;
    private final LinkListener<DraftFrame> listener;
    private final LinkId id = LinkId.fresh();
    private final AtomicBoolean over = new AtomicBoolean();
    private final LinkThread thread;
    private final Set<FollowCalls.Follow> running = ConcurrentHashMap.newKeySet();

    /** What has not been sent, and whether a call's head is still to come: the link's thread only. */
    private final Deque<DraftFrame> unsent = new ArrayDeque<>();

    private boolean headDue;
    private volatile boolean opened;

    DraftCalls(String endpoint, LinkExchanges exchanges, FollowCalls follows, LinkListener<DraftFrame> listener) {
        this.endpoint = endpoint;
        this.exchanges = exchanges;
        this.follows = follows;
        this.listener = listener;
        this.thread = new LinkThread("draft-calls-" + endpoint);
    }

    @Override
    public void send(DraftFrame frame) {
        run(() -> {
            if (frame instanceof DraftFrame.Open open) {
                open(open);
            } else {
                unsent.add(frame);
            }
            follow();
        });
    }

    @Override
    public void close() {
        over.set(true);
        hangUp();
    }

    private void hangUp() {
        running.forEach(FollowCalls.Follow::cutOff);
        thread.end(() -> exchanges.leave(new Invocation.Exchange(id, List.of())));
    }

    private void run(Runnable work) {
        if (!thread.run(() -> guarded(work))) {
            fail(new LinkFailure("frames are not taken by the network", true));
        }
    }

    private void guarded(Runnable work) {
        if (over.get()) {
            return;
        }
        try {
            work.run();
        } catch (RuntimeException e) {
            broken(e);
        }
    }

    private void open(DraftFrame.Open open) {
        unsent.clear();
        try {
            var call = new Invocation.Exchange(id, List.of(FrameJson.of(FrameCodec.encode(open))));
            exchanges.call(call, true).forEach(answer -> hear(answer.bytes()));
            if (opened) {
                // Without a frame: the worker drafts already, and what it has drafted waits to be fetched.
                start(List.of());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            broken(e);
        }
    }

    /** Sends what there is to say, if the worker has heard what was said before. */
    private void follow() {
        if (!opened || headDue || unsent.isEmpty() || over.get()) {
            return;
        }
        List<FrameJson> frames = new ArrayList<>();
        while (!unsent.isEmpty() && frames.size() < FRAMES_A_CALL_MAX) {
            frames.add(FrameJson.of(FrameCodec.encode(unsent.remove())));
        }
        start(frames);
    }

    private void start(List<FrameJson> frames) {
        headDue = true;
        FollowCalls.Follow call = follows.start(
                new Invocation.Follow(id, frames), exchanges.session(), this::onHead, this::hear, this::onEnd);
        running.add(call);
        if (over.get()) {
            call.cutOff();
        }
    }

    private void onHead() {
        run(() -> {
            headDue = false;
            follow();
        });
    }

    private void onEnd(FollowCalls.Follow call, @Nullable Throwable thrown) {
        running.remove(call);
        if (thrown != null && isSessionGone(thrown)) {
            fail(new LinkFailure("the instance that knew the link is gone", true));
        } else if (thrown != null) {
            broken(thrown);
        }
    }

    private boolean isSessionGone(Throwable thrown) {
        return exchanges.session() != null && FailureKind.of(LinkFailures.unwrap(thrown)) == FailureKind.REFUSED;
    }

    private void hear(byte[] line) {
        if (over.get()) {
            return;
        }
        DraftFrame frame = FrameCodec.decodeDraft(line);
        opened |= frame instanceof DraftFrame.Ready;
        synchronized (listener) {
            listener.received(frame);
        }
    }

    private void broken(Throwable thrown) {
        if (!over.get()) {
            LOG.warn("A call of a link to {} failed: {}", endpoint, LinkFailures.detail(thrown));
        }
        fail(LinkFailures.of(thrown));
    }

    private void fail(LinkFailure failure) {
        if (over.compareAndSet(false, true)) {
            hangUp();
            synchronized (listener) {
                listener.failed(failure);
            }
        }
    }
}
