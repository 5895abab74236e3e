package io.wanspec.functions.edge;

import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.http.BasicHttpAttributes;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpResponseFactory;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.wanspec.contracts.http.EdgeError;
import io.wanspec.contracts.http.RequestId;
import io.wanspec.contracts.http.TraceId;
import io.wanspec.functions.observe.HttpMetrics;
import io.wanspec.functions.settings.EdgeSettings;
import io.wanspec.functions.trace.RequestTrace;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Before everything else, access control included: a preflight carries no key. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
public class EdgeFilter implements Ordered {
    private static final String TRACE = "wanspec.trace";

    private final EdgeSettings settings;
    private final Origins origins;
    private final HttpMetrics metrics;

    EdgeFilter(EdgeSettings settings, HttpMetrics metrics) {
        this.settings = settings;
        this.metrics = metrics;
        this.origins = new Origins(settings);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    /** @return the answer, if the request goes no further */
    @RequestFilter
    @Nullable
    HttpResponse<?> arrived(HttpRequest<?> request, MutablePropagatedContext context) {
        RequestTrace trace = trace(request);
        context.add(trace);
        if (request.getHeaders().getAll(HttpHeaders.HOST).size() > 1) {
            return finished(request, refusal(EdgeError.repeatedHeader("Host")));
        }
        if (!settings.hosts().allows(request.getHeaders().get(HttpHeaders.HOST))) {
            return finished(request, refusal(EdgeError.hostNotAllowed()));
        }
        if (origins.isRefused(request)) {
            return finished(request, refusal(EdgeError.originNotAllowed()));
        }
        Optional<EdgeError> unread = BodyForm.refusal(request);
        if (unread.isPresent()) {
            return finished(request, refusal(unread.get()));
        }
        return Origins.isPreflight(request) ? finished(request, origins.preflight(request)) : null;
    }

    @ResponseFilter
    void answered(HttpRequest<?> request, MutableHttpResponse<?> response) {
        finished(request, response);
        metrics.answered(BasicHttpAttributes.getUriTemplate(request).orElse(""), response.code());
    }

    private MutableHttpResponse<?> finished(HttpRequest<?> request, MutableHttpResponse<?> response) {
        response.getHeaders().set(RequestId.HEADER, trace(request).request().value());
        origins.answer(request, response);
        return response;
    }

    /** One for each request, whoever asks first. */
    private static RequestTrace trace(HttpRequest<?> request) {
        return request.getAttribute(TRACE, RequestTrace.class).orElseGet(() -> {
            HttpHeaders headers = request.getHeaders();
            var trace = new RequestTrace(
                    RequestId.of(headers.get(RequestId.CLIENT_HEADER), headers.get(RequestId.HEADER)),
                    TraceId.of(headers.get(TraceId.XRAY_HEADER), headers.get(TraceId.W3C_HEADER)));
            request.setAttribute(TRACE, trace);
            return trace;
        });
    }

    private static MutableHttpResponse<byte[]> refusal(EdgeError error) {
        return HttpResponseFactory.INSTANCE
                .status(HttpStatus.valueOf(error.status()))
                .body(error.json().getBytes(StandardCharsets.UTF_8))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
