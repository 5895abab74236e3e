package io.wanspec.functions.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Answers by route and status. Routes are those of the router, so there are few; what has none counts as one. */
public final class HttpMetrics {
    private static final String NO_ROUTE = "none";

    private final MeterRegistry registry;

    public HttpMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param route its template, empty if the request found none */
    public void answered(String route, int status) {
        Counter.builder("wanspec.http.answers")
                .description("Answers to HTTP requests")
                .tag("route", route.isEmpty() ? NO_ROUTE : route)
                .tag("status", String.valueOf(status))
                .register(registry)
                .increment();
    }
}
