package io.wanspec.testing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Does the same again and again on a thread of its own, as what it stands for in a cloud would: one turn that fails is no end. What
 * failed is told when it is closed; an assertion that did not hold is thrown then, and so is any other error, after which there are no
 * more turns.
 */
public final class SteadyThread implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final String name;
    private final Turn turn;
    private final Thread thread;
    private volatile boolean over;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile @Nullable Throwable first;

    /** What is done again and again; it should wait where there is nothing to do. */
    public interface Turn {
        void take() throws Exception;
    }

    private SteadyThread(String name, Turn turn) {
        this.name = name;
        this.turn = turn;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::turns);
    }

    public static SteadyThread start(String name, Turn turn) {
        var steady = new SteadyThread(name, turn);
        steady.thread.start();
        return steady;
    }

    /** Turns that failed. */
    public int failures() {
        return failures.get();
    }

    private void turns() {
        while (!over) {
            try {
                turn.take();
            } catch (InterruptedException e) {
                return;
            } catch (Exception | AssertionError e) {
                failed(e);
                pause();
            } catch (Error e) {
                // It may be the machine's: out of memory, a class that is not there.
                failed(e);
                return;
            }
        }
    }

    private void failed(Throwable e) {
        if (first == null || (e instanceof Error && !(first instanceof Error))) {
            first = e;
        }
        failures.incrementAndGet();
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the turn that is under way. */
    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Throwable told = first;
        if (told instanceof Error wrong) {
            throw wrong;
        }
        if (told != null) {
            System.err.printf("%s: %d turns failed and were followed by others; the first:%n", name, failures.get());
            told.printStackTrace();
        }
    }
}
