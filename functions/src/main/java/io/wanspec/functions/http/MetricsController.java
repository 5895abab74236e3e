package io.wanspec.functions.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.wanspec.functions.access.Ownership;
import io.wanspec.functions.edge.Callers;
import io.wanspec.functions.observe.BackgroundMetrics;
import io.wanspec.functions.session.Sessions;
import io.wanspec.functions.settings.MetricsSettings;
import java.util.Optional;

/** What Prometheus scrapes from a long-lived host: on this machine, or from everywhere by a setting. */
@Controller("/metrics")
@ExecuteOn(TaskExecutors.BLOCKING)
public class MetricsController {
    private static final MediaType PROMETHEUS = MediaType.of("text/plain; version=0.0.4; charset=utf-8");

    private final PrometheusMeterRegistry registry;
    private final MetricsSettings settings;

    MetricsController(
            PrometheusMeterRegistry registry,
            MetricsSettings settings,
            Sessions sessions,
            Optional<BackgroundMetrics> background) {
        background.ifPresent(metrics -> metrics.bind(registry));
        Gauge.builder("wanspec.sessions.running", sessions, Sessions::running)
                .description("Sessions that run now")
                .register(registry);
        this.registry = registry;
        this.settings = settings;
    }

    /** To others it is as if there was no such route, but to those whose key opens it: the filter has looked. */
    @Get
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(operationId = "getMetrics", summary = "Counters in Prometheus's format, for this machine.")
    @ApiResponse(responseCode = "200", description = "OK", content = @Content(mediaType = "text/plain"))
    HttpResponse<String> scrape(HttpRequest<?> request) {
        boolean known = Ownership.caller(request).isPresent();
        if (!known && !settings.open() && !Callers.isThisMachine(request)) {
            throw ApiException.unknownUrl(request.getMethod().name(), request.getPath());
        }
        return HttpResponse.ok(registry.scrape()).contentType(PROMETHEUS);
    }
}
