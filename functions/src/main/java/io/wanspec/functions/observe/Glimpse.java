package io.wanspec.functions.observe;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something that is asked for on demand, but not more often than every few seconds; in between, and where it cannot be had, the last answer. */
final class Glimpse<T> {
    static final Duration AGE_MAX = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(Glimpse.class);

    private final Supplier<T> source;
    private final LongSupplier nanoTime;
    private T last;
    private long askedNanos;
    private boolean asked;

    /** @param first the answer before there is one */
    Glimpse(Supplier<T> source, T first, LongSupplier nanoTime) {
        this.source = source;
        this.last = first;
        this.nanoTime = nanoTime;
    }

    synchronized T get() {
        long now = nanoTime.getAsLong();
        if (!asked || now - askedNanos >= AGE_MAX.toNanos()) {
            asked = true;
            try {
                last = source.get();
            } catch (RuntimeException e) {
                LOG.debug("A metric is not known now", e);
            }
            // Counted from its end: what takes long must not be asked for all the time.
            askedNanos = nanoTime.getAsLong();
        }
        return last;
    }
}
