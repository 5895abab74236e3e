package io.wanspec.functions.session;

import io.wanspec.contracts.invoke.Reply;
import io.wanspec.functions.link.GenerationListener;
import io.wanspec.functions.link.LinkFailure;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a session hears of its plain generation, in order. An endpoint that was asked for so many tokens has no more lines to send
 * than that and its end, so there is room for all of them; lines beyond are a breach of the protocol, and since a text must have
 * no gap, none that follows the first refused one is heard: what came before is still taken, which may be the whole text, and then
 * the generation has failed. It is not tried again, as a link that was refused as {@code OVERLOADED} is: there the peer had no room, and
 * may have it later; here it would send too much once more. That the client has gone needs no room, and comes first.
 */
final class GenerationInbox implements GenerationListener {
    /** Lines without a token. */
    static final int EMPTY_LINES_MAX = 16;

    private final int linesMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Queue<Reply.Generated> lines = new ArrayDeque<>();
    private @Nullable Signal last;
    private boolean gone;

    /** What the session's thread waits for. */
    sealed interface Signal {
        record Line(Reply.Generated line) implements Signal {}

        record Ended() implements Signal {}

        record Failed(LinkFailure failure) implements Signal {}

        record Gone() implements Signal {}
    }

    /** @param maxTokens that were asked for */
    GenerationInbox(int maxTokens) {
        linesMax = maxTokens + EMPTY_LINES_MAX;
    }

    @Override
    public void generated(Reply.Generated line) {
        change(() -> {
            if (last == null && lines.size() < linesMax) {
                lines.add(line);
            } else if (last == null) {
                last = new Signal.Failed(new LinkFailure("the endpoint sends more lines than were asked for", false));
            }
        });
    }

    @Override
    public void ended() {
        last(new Signal.Ended());
    }

    @Override
    public void failed(LinkFailure failure) {
        last(new Signal.Failed(failure));
    }

    /** Nobody wants more of it. */
    void leave() {
        change(() -> gone = true);
    }

    /**
     * The next one.
     *
     * @return null if nothing came for so long
     */
    @Nullable
    Signal next(long nanosMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanosMost;
            while (!gone && lines.isEmpty() && last == null && left > 0) {
                left = arrived.awaitNanos(left);
            }
            if (gone) {
                return new Signal.Gone();
            }
            Reply.Generated line = lines.poll();
            return line == null ? last : new Signal.Line(line);
        } finally {
            lock.unlock();
        }
    }

    private void last(Signal signal) {
        change(() -> last = last == null ? signal : last);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
