package io.wanspec.endpoints.server;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each call that belongs to a trace, so that logs here and at the caller can be joined. SageMaker hands on nothing
 * of HTTP but a call's custom attributes and, where it opens a WebSocket, its query.
 */
final class Traces {
    private static final Logger LOG = LoggerFactory.getLogger(Traces.class);
    private static final String CUSTOM_ATTRIBUTES = "X-Amzn-SageMaker-Custom-Attributes";
    private static final String QUERY = "trace";

    /** What could forge a line of the log is not shown. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._~:/+=@;,-]{1,256}");

    private Traces() {}

    static void log(HttpRequest request) {
        var uri = new QueryStringDecoder(request.uri());
        Optional.ofNullable(request.headers().get(CUSTOM_ATTRIBUTES))
                .or(() -> uri.parameters().getOrDefault(QUERY, List.of()).stream()
                        .findFirst()
                        .map(trace -> QUERY + "=" + trace))
                .filter(names -> PLAIN.matcher(names).matches())
                .ifPresent(names -> LOG.info("{} {}", uri.path(), names));
    }
}
