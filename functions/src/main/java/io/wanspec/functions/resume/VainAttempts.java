package io.wanspec.functions.resume;

import io.wanspec.contracts.SessionId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** When sessions could not be gone on with, for a while: the newest of them. */
final class VainAttempts {
    /** More than this process has readers; who is forgotten is tried once more. */
    static final int SESSIONS_MAX = 1_024;

    private final long whileNanos;
    private final LongSupplier nanoTime;
    private final Map<SessionId, Long> attempts = new LinkedHashMap<>();

    VainAttempts(Duration recent, LongSupplier nanoTime) {
        this.whileNanos = recent.toNanos();
        this.nanoTime = nanoTime;
    }

    synchronized void note(SessionId id) {
        attempts.remove(id);
        attempts.put(id, nanoTime.getAsLong());
        if (attempts.size() > SESSIONS_MAX) {
            attempts.remove(attempts.keySet().iterator().next());
        }
    }

    synchronized boolean isRecent(SessionId id) {
        Long at = attempts.get(id);
        return at != null && nanoTime.getAsLong() - at < whileNanos;
    }
}
