package io.wanspec.functions.link;

import io.wanspec.functions.settings.EndpointAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Which endpoints were found to offer no duplex streams. For a while: they may be deployed anew. */
final class TransportMemory {
    static final Duration KEPT = Duration.ofMinutes(5);

    private final LongSupplier nanoTime;
    private final Map<EndpointAddress, Long> foundNanos = new ConcurrentHashMap<>();

    TransportMemory(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Links were made of single calls there, because streams are not offered. */
    void streamsAreMissing(EndpointAddress endpoint) {
        foundNanos.put(endpoint, nanoTime.getAsLong());
    }

    boolean areStreamsMissing(EndpointAddress endpoint) {
        Long found = foundNanos.get(endpoint);
        return found != null && nanoTime.getAsLong() - found < KEPT.toNanos();
    }
}
