package io.wanspec.functions.follow;

import io.wanspec.controller.SeenText;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionSink;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The text of a session that runs here, for any number of readers, each at its own pace: a slow one holds nobody back. It
 * holds one text, which the request's own limit bounds. Unless it is kept, the session ends with its last reader.
 */
public final class TextLog implements SessionSink {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final SeenLog seen;
    private @Nullable SessionOutcome end;
    private volatile @Nullable Runnable cancel;
    private volatile @Nullable Runnable alone;
    private int readers;
    private boolean left;

    /** @param before pieces that were made earlier, by another function */
    public TextLog(List<String> before) {
        this(SeenText.of(before));
    }

    public TextLog(SeenText before) {
        seen = new SeenLog(before);
    }

    @Override
    public boolean text(List<String> more) {
        return seen(SeenText.of(more));
    }

    @Override
    public boolean seen(SeenText more) {
        return change(() -> {
            seen.add(more);
            return true;
        });
    }

    @Override
    public void ended(SessionOutcome outcome) {
        change(() -> {
            end = outcome;
            return true;
        });
    }

    /**
     * The session has been started.
     *
     * @param cancelling ends it
     * @param withoutReaders what becomes of it when the last reader has left; once
     */
    void started(Runnable cancelling, Runnable withoutReaders) {
        boolean tooLate = change(() -> {
            cancel = cancelling;
            alone = withoutReaders;
            return left;
        });
        if (tooLate) {
            withoutReaders.run();
        }
    }

    /** Ends the session, whoever reads. */
    public void cancel() {
        Runnable cancelling = cancel;
        if (cancelling != null) {
            cancelling.run();
        }
    }

    /** Another reader. */
    public TextSource read() {
        change(() -> {
            readers++;
            return true;
        });
        return new Reader();
    }

    /** Whether there is something to read. */
    boolean hasText() {
        return change(() -> !seen.isEmpty() || end != null);
    }

    private Portion await(int piece) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (seen.size() <= piece && end == null) {
                changed.await();
            }
            return new Portion(seen.from(piece), end);
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        boolean last = change(() -> {
            readers--;
            boolean now = readers == 0 && end == null && !left;
            left = left || now;
            return now;
        });
        Runnable then = alone;
        if (last && then != null) {
            then.run();
        }
    }

    private boolean change(Step step) {
        lock.lock();
        try {
            boolean answer = step.take();
            changed.signalAll();
            return answer;
        } finally {
            lock.unlock();
        }
    }

    private interface Step {
        boolean take();
    }

    private final class Reader implements TextSource {
        private boolean closed;

        @Override
        public Portion from(int piece) throws InterruptedException {
            return await(piece);
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                leave();
            }
        }
    }
}
