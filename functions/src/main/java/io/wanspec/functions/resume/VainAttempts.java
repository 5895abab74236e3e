package io.wanspec.functions.resume;

import io.wanspec.contracts.SessionId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** When sessions could not be gone on with, for a while, twice as long each time: the newest of them. */
final class VainAttempts {
    /** More than this process has readers; who is forgotten is tried once more. */
    static final int SESSIONS_MAX = 1_024;

    private final long firstNanos;
    private final long mostNanos;
    private final LongSupplier nanoTime;
    private final Map<SessionId, Vain> attempts = new LinkedHashMap<>();

    private record Vain(long at, long recentNanos) {}

    /**
     * @param first how long the first attempt is recent
     * @param most how long any is, at most
     */
    VainAttempts(Duration first, Duration most, LongSupplier nanoTime) {
        this.firstNanos = first.toNanos();
        this.mostNanos = most.toNanos();
        this.nanoTime = nanoTime;
    }

    synchronized void note(SessionId id) {
        long now = nanoTime.getAsLong();
        Vain before = attempts.remove(id);
        attempts.put(id, new Vain(now, recentNanos(before, now)));
        if (attempts.size() > SESSIONS_MAX) {
            attempts.remove(attempts.keySet().iterator().next());
        }
    }

    /** Where it went well for long after the last one, it counts anew. */
    private long recentNanos(@Nullable Vain before, long now) {
        return before == null || now - before.at() > 2 * mostNanos
                ? firstNanos
                : Math.min(mostNanos, 2 * before.recentNanos());
    }

    synchronized boolean isRecent(SessionId id) {
        Vain last = attempts.get(id);
        return last != null && nanoTime.getAsLong() - last.at() < last.recentNanos();
    }
}
