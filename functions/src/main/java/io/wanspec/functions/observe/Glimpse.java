package io.wanspec.functions.observe;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that is asked for on demand, but not more often than every few seconds; in between, and where it cannot be had soon, the
 * last answer. It is asked for beside, once at a time: a source that hangs costs whoever looks a moment, and those who come meanwhile
 * nothing.
 */
final class Glimpse<T> {
    static final Duration AGE_MAX = Duration.ofSeconds(5);

    /** So long whoever asks waits for the answer: where all is well it is the present, and no counter begins with a leap. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(Glimpse.class);

    private final Supplier<T> source;
    private final LongSupplier nanoTime;
    private final Executor beside;
    private volatile T last;
    private long askedNanos;
    private boolean asked;
    private boolean asking;

    /**
     * @param first the answer before there is one
     * @param beside asks
     */
    Glimpse(Supplier<T> source, T first, LongSupplier nanoTime, Executor beside) {
        this.source = source;
        this.last = first;
        this.nanoTime = nanoTime;
        this.beside = beside;
    }

    T get() {
        return isToAsk()
                ? CompletableFuture.supplyAsync(this::ask, beside)
                        .completeOnTimeout(last, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .join()
                : last;
    }

    private synchronized boolean isToAsk() {
        boolean old = !asked || nanoTime.getAsLong() - askedNanos >= AGE_MAX.toNanos();
        boolean now = old && !asking;
        asking = asking || now;
        return now;
    }

    private T ask() {
        try {
            last = source.get();
        } catch (RuntimeException e) {
            LOG.debug("A metric is not known now", e);
        } finally {
            answered();
        }
        return last;
    }

    /** Counted from its end: what takes long must not be asked for all the time. */
    private synchronized void answered() {
        asked = true;
        asking = false;
        askedNanos = nanoTime.getAsLong();
    }
}
