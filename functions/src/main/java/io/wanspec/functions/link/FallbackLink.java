package io.wanspec.functions.link;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A duplex stream, or single calls if that turns out not to be offered: the frames sent by then are sent again. The session
 * hears of one link.
 */
final class FallbackLink<F> implements Link<F> {
    /** Before the first answer a session sends its prefix and little more. */
    private static final int FRAMES_KEPT_MAX = 64;

    private final LinkListener<F> listener;
    private final Function<LinkListener<F>, Link<F>> calls;
    private final Runnable onFallback;
    private final List<F> sent = new ArrayList<>();
    private @Nullable Link<F> link;
    private boolean answered;
    private boolean closed;

    /**
     * @param calls makes the link of single calls
     * @param onFallback called once such a link has been answered
     */
    FallbackLink(LinkListener<F> listener, Function<LinkListener<F>, Link<F>> calls, Runnable onFallback) {
        this.listener = listener;
        this.calls = calls;
        this.onFallback = onFallback;
    }

    /** @param stream makes the link of a duplex stream */
    FallbackLink<F> open(Function<LinkListener<F>, Link<F>> stream) {
        Link<F> opened = stream.apply(new First());
        synchronized (this) {
            link = link == null ? opened : link;
        }
        return this;
    }

    @Override
    public synchronized void send(F frame) {
        if (!answered && sent.size() < FRAMES_KEPT_MAX) {
            sent.add(frame);
        }
        if (link != null) {
            link.send(frame);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (link != null) {
            link.close();
        }
    }

    private synchronized void onAnswer() {
        answered = true;
        sent.clear();
    }

    /** @return whether there is another way, and it was taken */
    private synchronized boolean fellBack(LinkFailure failure) {
        if (closed || answered || !failure.streamsMissing() || sent.size() >= FRAMES_KEPT_MAX) {
            return false;
        }
        Link<F> second = calls.apply(new Second(failure));
        link = second;
        sent.forEach(second::send);
        return true;
    }

    /** Hears the duplex stream. */
    private final class First implements LinkListener<F> {
        @Override
        public void received(F frame) {
            onAnswer();
            listener.received(frame);
        }

        @Override
        public void failed(LinkFailure failure) {
            if (!fellBack(failure)) {
                listener.failed(failure);
            }
        }
    }

    /** Hears the single calls. */
    private final class Second implements LinkListener<F> {
        private final LinkFailure first;
        private boolean heard;

        Second(LinkFailure first) {
            this.first = first;
        }

        @Override
        public void received(F frame) {
            if (!heard) {
                heard = true;
                onAnswer();
                onFallback.run();
            }
            listener.received(frame);
        }

        /** Who does not know single calls either is told of by what the stream said. */
        @Override
        public void failed(LinkFailure failure) {
            listener.failed(heard || failure.mayRetry() ? failure : first);
        }
    }
}
