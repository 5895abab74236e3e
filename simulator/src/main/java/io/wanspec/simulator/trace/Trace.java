package io.wanspec.simulator.trace;

import io.wanspec.contracts.Require;
import java.util.List;

/**
 * A recording.
 *
 * @param requests 1 to {@value #REQUESTS_MAX}, in no particular order
 */
public record Trace(TraceHeader header, List<TraceRequest> requests) {
    public static final int REQUESTS_MAX = 100_000;

    public Trace {
        requests = List.copyOf(requests);
        Require.within("the number of requests", requests.size(), 1, REQUESTS_MAX);
    }
}
