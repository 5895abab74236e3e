package io.wanspec.emulator.sagemaker;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong at one endpoint, on the wire, whatever is behind it. Faults are spent one by one by the calls that come, in
 * the order in which they were asked for; a stream is cut off once.
 */
public final class EndpointFaults {
    private final List<Refusal> refusals = new ArrayList<>();
    private final List<Cut> cuts = new ArrayList<>();
    private final Set<Operation> missing = EnumSet.noneOf(Operation.class);

    private record Refusal(Operation of, ApiError error) {}

    /**
     * A stream's early end.
     *
     * @param afterParts how many parts its container's client still gets
     */
    record Cut(Operation of, int afterParts, StreamEnd how) {}

    /** The next calls are refused by a ThrottlingException. */
    public synchronized EndpointFaults throttle(Operation of, int calls) {
        return refuse(of, calls, ApiError.throttled());
    }

    /** The next calls end as if the container had answered so. */
    public synchronized EndpointFaults failModel(Operation of, int calls, int status, String body) {
        return refuse(of, calls, ApiError.model(status, body));
    }

    /** The next calls are refused because no model is loaded yet. */
    public synchronized EndpointFaults notReady(Operation of, int calls) {
        return refuse(of, calls, ApiError.notReady());
    }

    /** From now on the region, or the endpoint, does not know this call. */
    public synchronized EndpointFaults without(Operation call) {
        missing.add(call);
        return this;
    }

    /** It knows this call again. */
    public synchronized EndpointFaults with(Operation call) {
        missing.remove(call);
        return this;
    }

    /**
     * The next streams are cut off.
     *
     * @param afterParts how many parts of the container's a client still gets
     */
    public synchronized EndpointFaults cut(Operation of, int streams, int afterParts, StreamEnd how) {
        for (int i = 0; i < streams; i++) {
            cuts.add(new Cut(of, afterParts, how));
        }
        return this;
    }

    /** Whether every fault that was asked for has happened. */
    public synchronized boolean isSpent() {
        return refusals.isEmpty() && cuts.isEmpty();
    }

    /** What this call is refused with, if it is. */
    synchronized @Nullable ApiError refusal(Operation call) {
        if (missing.contains(call)) {
            return ApiError.unknownOperation();
        }
        for (Iterator<Refusal> each = refusals.iterator(); each.hasNext(); ) {
            Refusal refusal = each.next();
            if (refusal.of() == call) {
                each.remove();
                return refusal.error();
            }
        }
        return null;
    }

    /** How this stream, which begins now, will be cut off, if it will. */
    synchronized @Nullable Cut nextCut(Operation call) {
        for (Iterator<Cut> each = cuts.iterator(); each.hasNext(); ) {
            Cut cut = each.next();
            if (cut.of() == call) {
                each.remove();
                return cut;
            }
        }
        return null;
    }

    private EndpointFaults refuse(Operation of, int calls, ApiError error) {
        for (int i = 0; i < calls; i++) {
            refusals.add(new Refusal(of, error));
        }
        return this;
    }
}
