package io.wanspec.endpoints.compute;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.SessionId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Since when requests have had a place here, so that one that comes again keeps it: its link broke, or it was told to come again. How
 * long is counted from when this server first saw it, whatever anybody says, among requests of the same caller, and for a while only; that one has
 * begun elsewhere is what its peer says ({@link Guest#begun}), and puts it before newcomers of its own caller alone. The compute thread's alone.
 */
final class Places {
    /** Most requests that are remembered; the one that was not seen for the longest time is forgotten first. */
    static final int MAX = 1_024;

    /** Whoever has been here for longer begins anew, so that a request that never ends has no place before all others. */
    static final long KEPT_NANOS = Duration.ofMinutes(10).toNanos();

    private final Map<Request, Long> since = new LinkedHashMap<>(16, 0.75f, true);

    private record Request(String caller, SessionId session) {}

    /** When this request first had a place; now if it is not known. */
    long since(@Nullable CallerId caller, @Nullable SessionId session, long now) {
        if (session == null) {
            return now;
        }
        Request request = request(caller, session);
        Long known = since.get(request);
        if (known != null && now - known <= KEPT_NANOS) {
            return known;
        }
        since.put(request, now);
        if (since.size() > MAX) {
            since.remove(since.keySet().iterator().next());
        }
        return now;
    }

    boolean knows(@Nullable CallerId caller, @Nullable SessionId session, long now) {
        Long known = session == null ? null : since.get(request(caller, session));
        return known != null && now - known <= KEPT_NANOS;
    }

    int size() {
        return since.size();
    }

    private static Request request(@Nullable CallerId caller, SessionId session) {
        return new Request(caller == null ? "" : caller.value(), session);
    }
}
