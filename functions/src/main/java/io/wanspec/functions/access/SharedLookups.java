package io.wanspec.functions.access;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lookups that are under way, one for a key at most: whoever asks for the same one meanwhile waits for its answer. */
final class SharedLookups {
    private final Map<String, CompletableFuture<KeyVerdict>> underWay = new ConcurrentHashMap<>();

    /** The answer to this lookup, or to one that had begun. */
    KeyVerdict join(String hash, Supplier<KeyVerdict> lookup) {
        var mine = new CompletableFuture<KeyVerdict>();
        @Nullable CompletableFuture<KeyVerdict> before = underWay.putIfAbsent(hash, mine);
        if (before == null) {
            run(hash, mine, lookup);
            return mine.join();
        }
        return before.join();
    }

    /** Begins a lookup for whoever asks later, unless one is under way. */
    void begin(String hash, Supplier<KeyVerdict> lookup, Executor executor) {
        var mine = new CompletableFuture<KeyVerdict>();
        if (underWay.putIfAbsent(hash, mine) == null) {
            executor.execute(() -> run(hash, mine, lookup));
        }
    }

    private void run(String hash, CompletableFuture<KeyVerdict> mine, Supplier<KeyVerdict> lookup) {
        try {
            mine.complete(lookup.get());
        } finally {
            underWay.remove(hash, mine);
            // Nobody waits for ever, whatever was thrown.
            mine.complete(new KeyVerdict.Undecided("the lookup broke off"));
        }
    }
}
