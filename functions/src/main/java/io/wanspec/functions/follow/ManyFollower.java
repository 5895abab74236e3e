package io.wanspec.functions.follow;

import io.wanspec.controller.FinishReason;
import io.wanspec.functions.flow.BoundedPublisher;
import io.wanspec.functions.session.SessionOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends several texts to one client, each as it comes, on a thread of its own. Where one of them fails, all end. */
public final class ManyFollower {
    private static final Logger LOG = LoggerFactory.getLogger(ManyFollower.class);

    /** Events that wait for the client. */
    private static final int EVENTS_WAITING_MAX = 256;

    private final List<Followed> texts;
    private final Function<List<SessionOutcome>, List<byte[]>> last;
    private final Duration clientTimeout;
    private final Runnable onEnd;
    private final BoundedPublisher<byte[]> events;
    private final List<Thread> threads = new ArrayList<>();

    /** Held by whoever adds events, as long as the client makes it wait. */
    private final ReentrantLock sending = new ReentrantLock();

    private final @Nullable SessionOutcome[] ends;
    private int running;
    private boolean over;

    /**
     * One of them.
     *
     * @param source closed at the end
     * @param rendering whose end is asked for where the text fails
     */
    public record Followed(TextSource source, Rendering rendering) {}

    /** @param last what follows when all have ended well */
    public ManyFollower(
            List<Followed> texts,
            Function<List<SessionOutcome>, List<byte[]>> last,
            Duration clientTimeout,
            Runnable onEnd) {
        this.texts = List.copyOf(texts);
        this.last = last;
        this.clientTimeout = clientTimeout;
        this.onEnd = onEnd;
        ends = new SessionOutcome[texts.size()];
        running = texts.size();
        events = new BoundedPublisher<>(EVENTS_WAITING_MAX, this::stop);
        for (int i = 0; i < texts.size(); i++) {
            int index = i;
            threads.add(Thread.ofVirtual().name("follower-" + i).unstarted(() -> run(index)));
        }
    }

    public BoundedPublisher<byte[]> start() {
        threads.forEach(Thread::start);
        return events;
    }

    /** The client is gone, or one of the texts has failed. */
    public void stop() {
        threads.forEach(Thread::interrupt);
    }

    private void run(int index) {
        try (TextSource source = texts.get(index).source()) {
            follow(index, source, texts.get(index).rendering());
        } catch (InterruptedException gone) {
            // Nobody is there to be told, or has been told by another thread.
        } catch (RuntimeException e) {
            LOG.warn("One of several texts breaks off: {}", e.getClass().getSimpleName());
            stop();
        } finally {
            ended();
        }
    }

    private void follow(int index, TextSource source, Rendering rendering) throws InterruptedException {
        source.ready();
        boolean taken = put(rendering.begin());
        int read = 0;
        while (taken) {
            Portion portion = source.from(read);
            read += portion.pieces().size();
            taken = put(rendering.seen(portion.seen()));
            SessionOutcome end = portion.end();
            if (taken && end != null) {
                end(index, end, rendering);
                return;
            }
        }
        stop();
    }

    private void end(int index, SessionOutcome end, Rendering rendering) throws InterruptedException {
        sending.lockInterruptibly();
        try {
            put(rendering.end(end));
            ends[index] = end;
            over |= !isWell(end);
        } finally {
            sending.unlock();
        }
        if (!isWell(end)) {
            stop();
        }
    }

    private static boolean isWell(SessionOutcome end) {
        return end instanceof SessionOutcome.Finished(var reason, var _) && reason != FinishReason.CANCELLED;
    }

    /** @return whether the client takes more */
    private boolean put(List<byte[]> some) throws InterruptedException {
        sending.lockInterruptibly();
        try {
            for (byte[] event : some) {
                if (over || !events.put(event, clientTimeout)) {
                    return false;
                }
            }
            return !over;
        } finally {
            sending.unlock();
        }
    }

    /** The last thread tells the end. */
    private void ended() {
        sending.lock();
        try {
            running--;
            if (running > 0) {
                return;
            }
            List<SessionOutcome> all = new ArrayList<>();
            for (SessionOutcome end : ends) {
                if (end != null) {
                    all.add(end);
                }
            }
            if (!over && all.size() == texts.size()) {
                put(last.apply(all));
            }
        } catch (InterruptedException gone) {
            Thread.currentThread().interrupt();
        } finally {
            sending.unlock();
        }
        events.complete();
        onEnd.run();
    }
}
