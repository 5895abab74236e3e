package io.wanspec.functions.flow;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * A bounded queue that one subscriber drains at its own pace. Items offered before it subscribes wait for it.
 *
 * <p>A second subscriber is refused: it would be one that retries, and what the first consumed is gone.
 */
public final class BoundedPublisher<T> implements Publisher<T> {
    private final int capacity;
    private final Runnable onCancel;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<T> queue = new ArrayDeque<>();
    private @Nullable Subscriber<? super T> subscriber;
    private long demand;
    private boolean emitting;
    private boolean completed;
    private boolean ended;
    private long lastNanos = System.nanoTime();

    /**
     * @param capacity most items that wait
     * @param onCancel called at most once, when the subscriber leaves before the end
     */
    public BoundedPublisher(int capacity, Runnable onCancel) {
        this.capacity = capacity;
        this.onCancel = onCancel;
    }

    /** Adds an item unless the queue is full or over. */
    public boolean offer(T item) {
        return offer(item, capacity);
    }

    /** Adds an item unless another one waits, or the queue is over. */
    public boolean offerIfEmpty(T item) {
        return offer(item, 1);
    }

    /** How long ago the last item was added, or the queue made. */
    public long quietNanos() {
        lock.lock();
        try {
            return System.nanoTime() - lastNanos;
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing can be added any more. */
    public boolean isOver() {
        lock.lock();
        try {
            return completed || ended;
        } finally {
            lock.unlock();
        }
    }

    private boolean offer(T item, int room) {
        lock.lock();
        try {
            if (completed || ended || queue.size() >= room) {
                return false;
            }
            queue.add(item);
            lastNanos = System.nanoTime();
        } finally {
            lock.unlock();
        }
        drain();
        return true;
    }

    /** Adds an item, waiting for space; false if none came in time or the subscriber left. */
    public boolean put(T item, Duration timeout) throws InterruptedException {
        lock.lock();
        try {
            long left = timeout.toNanos();
            while (queue.size() >= capacity && !ended && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
        return offer(item);
    }

    /** Ends the stream behind what is still queued. */
    public void complete() {
        lock.lock();
        try {
            completed = true;
        } finally {
            lock.unlock();
        }
        drain();
    }

    @Override
    public void subscribe(Subscriber<? super T> newcomer) {
        boolean first = isFirst(newcomer);
        newcomer.onSubscribe(new Demand(first));
        if (!first) {
            newcomer.onError(new IllegalStateException("this stream cannot be sent twice"));
        }
    }

    private boolean isFirst(Subscriber<? super T> newcomer) {
        lock.lock();
        try {
            if (subscriber != null) {
                return false;
            }
            subscriber = newcomer;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Hands items over while there is demand; one thread at a time, never with the lock held. */
    private void drain() {
        while (true) {
            T next = null;
            Subscriber<? super T> receiver;
            lock.lock();
            try {
                receiver = subscriber;
                if (emitting || ended || receiver == null) {
                    return;
                }
                if (demand > 0 && !queue.isEmpty()) {
                    next = queue.remove();
                    demand--;
                    changed.signalAll();
                } else if (completed && queue.isEmpty()) {
                    end();
                } else {
                    return;
                }
                emitting = true;
            } finally {
                lock.unlock();
            }
            emit(receiver, next);
        }
    }

    private void emit(Subscriber<? super T> receiver, @Nullable T next) {
        try {
            if (next == null) {
                receiver.onComplete();
            } else {
                receiver.onNext(next);
            }
        } finally {
            emitted();
        }
    }

    private void emitted() {
        lock.lock();
        try {
            emitting = false;
        } finally {
            lock.unlock();
        }
    }

    private void add(long items) {
        lock.lock();
        try {
            demand = items <= 0 || demand + items < 0 ? Long.MAX_VALUE : demand + items;
        } finally {
            lock.unlock();
        }
    }

    /** Whether there was anything left to cancel. */
    private boolean abandon() {
        lock.lock();
        try {
            boolean first = !ended;
            if (first) {
                end();
            }
            return first;
        } finally {
            lock.unlock();
        }
    }

    /** With the lock held. */
    private void end() {
        ended = true;
        queue.clear();
        changed.signalAll();
    }

    private final class Demand implements Subscription {
        private final boolean active;

        Demand(boolean active) {
            this.active = active;
        }

        @Override
        public void request(long items) {
            if (active) {
                add(items);
                drain();
            }
        }

        @Override
        public void cancel() {
            if (active && abandon()) {
                onCancel.run();
            }
        }
    }
}
