package io.wanspec.evaluation.loadbench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * So many clients at once for a while, each of which asks again as soon as it has its answer. What is measured begins when all have
 * heard something, and ends before the first of them stops. Their first answers are of different lengths, or all would ask at the
 * same moments for ever.
 */
final class Crowd {
    /** So that who fails at once does not try a thousand times. */
    private static final Duration PAUSE_BEHIND_FAILURE = Duration.ofMillis(250);

    private final int clients;
    private final LoadClient client;
    private final Asking asking;
    private final long deadlineNanos;
    private final Queue<Answered> answered = new ConcurrentLinkedQueue<>();
    private final CountDownLatch heard;
    private volatile boolean over;

    /** @param deadlineNanos when nobody waits for an answer any more */
    Crowd(int clients, LoadClient client, Asking asking, long deadlineNanos) {
        this.clients = clients;
        this.client = client;
        this.asking = asking;
        this.deadlineNanos = deadlineNanos;
        heard = new CountDownLatch(clients);
    }

    /** Returns when the last answer has ended. */
    Window run(Duration window) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            int number = i;
            threads.add(Thread.ofVirtual().name("client-" + i).start(() -> come(number)));
        }
        try {
            var _ = heard.await(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            long begin = System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(Math.min(window.toNanos(), Math.max(1, deadlineNanos - begin)));
            return new Window(begin, System.nanoTime());
        } finally {
            over = true;
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    /** All requests, in the order of their ends. */
    List<Answered> answered() {
        return List.copyOf(answered);
    }

    private void come(int number) {
        var first = new AtomicBoolean(true);
        Runnable hears = () -> {
            if (first.compareAndSet(true, false)) {
                heard.countDown();
            }
        };
        try {
            Asking.Asked asked = asking.first(number, clients);
            while (!over) {
                Answered end = client.ask(asked.question(), asked.leaveBehind(), deadlineNanos, () -> over, hears);
                hears.run();
                answered.add(end);
                if (end.failure().isPresent()) {
                    TimeUnit.NANOSECONDS.sleep(PAUSE_BEHIND_FAILURE.toNanos());
                }
                asked = asking.next();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            hears.run();
        }
    }
}
