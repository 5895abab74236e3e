package io.wanspec.functions.trace;

import io.micronaut.core.propagation.PropagatedContext;
import io.micronaut.core.propagation.ThreadPropagatedContextElement;
import io.wanspec.contracts.http.RequestId;
import io.wanspec.contracts.http.TraceId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The request that the current thread works for. Whoever starts a thread for it hands it on by {@link #wrap}; log lines carry
 * both names, and so do calls to endpoints.
 */
public record RequestTrace(RequestId request, TraceId trace)
        implements ThreadPropagatedContextElement<RequestTrace.Before> {
    /** Names of the two in log lines. */
    public static final String REQUEST_KEY = "request";

    public static final String TRACE_KEY = "trace";

    /** What log lines of this thread carried before. */
    public record Before(@Nullable String request, @Nullable String trace) {}

    public static Optional<RequestTrace> current() {
        return PropagatedContext.getOrEmpty().find(RequestTrace.class);
    }

    /** Work that goes on for the current request, on whatever thread. */
    public static Runnable wrap(Runnable work) {
        return current().map(trace -> trace.around(work)).orElse(work);
    }

    /** From where both names were written down; empty if either is none. */
    public static Optional<RequestTrace> of(String request, String trace) {
        try {
            return Optional.of(new RequestTrace(new RequestId(request), new TraceId(trace)));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    public static RequestTrace fresh() {
        return new RequestTrace(RequestId.fresh(), TraceId.fresh());
    }

    /** Work that is done for this request. */
    public Runnable around(Runnable work) {
        return PropagatedContext.empty().plus(this).wrap(work);
    }

    /** What SageMaker hands to a container verbatim (InvokeEndpoint, CustomAttributes). */
    public String attributes() {
        return "trace=" + trace + ";request=" + request;
    }

    @Override
    public Before updateThreadContext() {
        var before = new Before(MDC.get(REQUEST_KEY), MDC.get(TRACE_KEY));
        MDC.put(REQUEST_KEY, request.value());
        MDC.put(TRACE_KEY, trace.hex());
        return before;
    }

    @Override
    public void restoreThreadContext(Before before) {
        restore(REQUEST_KEY, before.request());
        restore(TRACE_KEY, before.trace());
    }

    private static void restore(String key, @Nullable String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }
}
