package io.wanspec.emulator.sagemaker;

import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Client request to container request, and container headers back. SageMaker "strips all POST headers except those
 * supported by the API": so does this.
 */
final class ContainerRequests {
    static final String CUSTOM_ATTRIBUTES = "X-Amzn-SageMaker-Custom-Attributes";
    static final String SESSION_ID = "X-Amzn-SageMaker-Session-Id";
    private static final String NEW_SESSION_ID = "X-Amzn-SageMaker-New-Session-Id";
    private static final String CLOSED_SESSION_ID = "X-Amzn-SageMaker-Closed-Session-Id";
    private static final String STREAM_ACCEPT = "X-Amzn-SageMaker-Accept";
    private static final String OWN_PREFIX = "x-amzn-sagemaker-";

    private ContainerRequests() {}

    /** The request to {@code POST /invocations}; it takes the body of {@code request} over. */
    static FullHttpRequest invocation(FullHttpRequest request, URI container) {
        HttpHeaders from = request.headers();
        HttpHeaders to = new DefaultHttpHeaders();
        to.set(HttpHeaderNames.HOST, container.getAuthority());
        to.set(HttpHeaderNames.CONNECTION, "close");
        copy(from, to, HttpHeaderNames.CONTENT_TYPE.toString(), HttpHeaderNames.CONTENT_TYPE.toString());
        copy(from, to, HttpHeaderNames.ACCEPT.toString(), HttpHeaderNames.ACCEPT.toString());
        for (Map.Entry<String, String> header : from) {
            if (header.getKey().toLowerCase(Locale.ROOT).startsWith(OWN_PREFIX)) {
                to.set(header.getKey(), header.getValue());
            }
        }
        // The streaming call names the accepted type in a header of its own.
        copy(from, to, STREAM_ACCEPT, HttpHeaderNames.ACCEPT.toString());
        var call = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.POST,
                "/invocations",
                request.content(),
                to,
                EmptyHttpHeaders.INSTANCE);
        HttpUtil.setContentLength(call, request.content().readableBytes());
        return call;
    }

    /**
     * Where the container's WebSocket is: {@code /invocations-bidirectional-stream}, or the path that the client names.
     *
     * @param path value of ModelInvocationPath, without a leading slash
     * @param query value of ModelQueryString
     */
    static URI webSocket(URI container, @Nullable CharSequence path, @Nullable CharSequence query) {
        String at = path == null || path.isEmpty() ? "invocations-bidirectional-stream" : path.toString();
        String and = query == null || query.isEmpty() ? "" : "?" + query;
        return URI.create("ws://" + container.getHost() + ":" + container.getPort() + "/" + at + and);
    }

    /**
     * Headers of the answer that the client is shown. A container that opens or closes a session says so in the session
     * header; SageMaker passes it on under other names.
     */
    static void answer(HttpHeaders from, HttpHeaders to) {
        copy(from, to, CUSTOM_ATTRIBUTES, CUSTOM_ATTRIBUTES);
        copy(from, to, SESSION_ID, NEW_SESSION_ID);
        for (String name : List.of(NEW_SESSION_ID, CLOSED_SESSION_ID)) {
            copy(from, to, name, name);
        }
        to.set("x-Amzn-Invoked-Production-Variant", "AllTraffic");
    }

    /** Remembers which instance has a session that it opened, and forgets one that it closed. */
    static void sessions(HttpHeaders from, Placement.At at) {
        String opened = from.get(SESSION_ID, from.get(NEW_SESSION_ID));
        if (opened != null) {
            at.among().stick(opened.split(";", 2)[0].strip(), at.use().instance());
        }
        String closed = from.get(CLOSED_SESSION_ID);
        if (closed != null) {
            at.among().forget(closed.strip());
        }
    }

    private static void copy(HttpHeaders from, HttpHeaders to, String name, String as) {
        String value = from.get(name);
        if (value != null) {
            to.set(as, value);
        }
    }
}
