package io.wanspec.functions.timeline;

import io.wanspec.contracts.SessionId;
import io.wanspec.functions.access.Ownership;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Timelines of the last sessions of this process, as many as fit into a bound. Those that have ended go first, the oldest before the
 * others; a session that still runs when its timeline goes loses nothing else.
 */
public final class RecentTimelines {
    private final long bytesMax;
    private final Map<SessionId, TimelineLog> logs = new LinkedHashMap<>();

    /** @param bytesMax of all together; 0 keeps none */
    public RecentTimelines(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Whether it keeps timelines of sessions that have ended. */
    boolean keepsAny() {
        return bytesMax > 0;
    }

    synchronized TimelineLog begin(SessionId session, Ownership owner) {
        var log = new TimelineLog(owner);
        logs.put(session, log);
        return log;
    }

    public synchronized Optional<TimelineLog> find(SessionId session) {
        return Optional.ofNullable(logs.get(session));
    }

    synchronized void forget(SessionId session) {
        logs.remove(session);
    }

    /** Unless the session has another one by now. */
    synchronized void forget(SessionId session, TimelineLog log) {
        logs.remove(session, log);
    }

    /** Lets go of what is too much. */
    synchronized void trim() {
        long bytes = logs.values().stream().mapToLong(TimelineLog::bytes).sum();
        bytes = trim(bytes, true);
        trim(bytes, false);
    }

    private long trim(long bytes, boolean endedOnly) {
        long left = bytes;
        Iterator<TimelineLog> oldest = logs.values().iterator();
        while (left > bytesMax && oldest.hasNext()) {
            TimelineLog log = oldest.next();
            if (log.isEnded() || !endedOnly) {
                left -= log.bytes();
                oldest.remove();
            }
        }
        return left;
    }
}
