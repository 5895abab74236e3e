package io.wanspec.functions.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the table said of keys, for a bounded time and number. Keys that exist and keys that do not have each a place of their
 * own, so that no flood of random ones displaces those in use. Pure but for its memory: the time is an argument.
 */
final class KeyCache {
    /** A key more makes the one forgotten that was used longest ago. */
    static final int KEYS_MAX = 1_024;

    /**
     * How long a revoked key may live in a process that knows it. It is also how often a key in use is read: a read in half a
     * minute is nothing.
     */
    static final Duration KNOWN_FOR = Duration.ofSeconds(30);

    /**
     * So long before its time is over a key in use is read again, while whoever uses it goes on with what is known: nobody waits for
     * that, and no crowd finds it forgotten all at once.
     */
    static final Duration AHEAD = Duration.ofSeconds(1);

    /** How long a key that was just made may seem unknown to whoever tried it before. */
    static final Duration UNKNOWN_FOR = Duration.ofSeconds(5);

    private final Bounded<AccessKey> known = new Bounded<>();
    private final Bounded<Boolean> unknown = new Bounded<>();
    private final Duration knownFor;

    KeyCache(Duration knownFor) {
        this.knownFor = knownFor;
    }

    private record Kept<V>(V value, long untilNanos) {}

    /** The least recently used goes first. */
    private static final class Bounded<V> extends LinkedHashMap<String, Kept<V>> {
        private static final long serialVersionUID = 1L;

        Bounded() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept<V>> eldest) {
            return size() > KEYS_MAX;
        }

        Optional<V> at(String hash, long nowNanos) {
            Kept<V> entry = get(hash);
            if (entry == null) {
                return Optional.empty();
            }
            return entry.untilNanos() - nowNanos > 0 ? Optional.of(entry.value()) : Optional.empty();
        }
    }

    synchronized Optional<AccessKey> find(String hash, long nowNanos) {
        return known.at(hash, nowNanos);
    }

    /** Whether it will soon have to be read again. */
    synchronized boolean isEnding(String hash, long nowNanos) {
        return known.at(hash, nowNanos).isPresent()
                && known.at(hash, nowNanos + AHEAD.toNanos()).isEmpty();
    }

    /** Whether the table had it when it was asked last, however long ago. */
    synchronized boolean wasKnown(String hash) {
        return known.containsKey(hash);
    }

    synchronized boolean isUnknown(String hash, long nowNanos) {
        return unknown.at(hash, nowNanos).isPresent();
    }

    /** @param nowNanos when the table was asked, not when it answered: from then on the answer is old */
    synchronized void remember(AccessKey key, long nowNanos) {
        unknown.remove(key.hash());
        known.put(key.hash(), new Kept<>(key, nowNanos + knownFor.toNanos()));
    }

    synchronized void rememberUnknown(String hash, long nowNanos) {
        known.remove(hash);
        unknown.put(hash, new Kept<>(true, nowNanos + UNKNOWN_FOR.toNanos()));
    }

    synchronized int size() {
        return known.size() + unknown.size();
    }
}
