package io.wanspec.emulator.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.wanspec.contracts.http.EdgeError;
import io.wanspec.contracts.http.RequestId;
import io.wanspec.contracts.http.TraceId;
import io.wanspec.emulator.net.Responder;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * By what names a request is known, here, in the function and behind it.
 *
 * @param gateway API Gateway's own, made anew for each request
 * @param request the client's, or one that is made
 */
record RequestNames(String gateway, RequestId request, TraceId trace) {
    static final String GATEWAY_HEADER = "x-amzn-requestid";
    private static final String RETRY_AFTER_SECONDS = "1";

    static RequestNames of(HttpHeaders client) {
        return new RequestNames(
                UUID.randomUUID().toString(),
                RequestId.of(client.get(RequestId.CLIENT_HEADER), client.get(RequestId.HEADER)),
                TraceId.of(client.get(TraceId.XRAY_HEADER), client.get(TraceId.W3C_HEADER)));
    }

    /** For the function. Who calls from this machine is the only caller there is. */
    void tell(HttpHeaders forwarded) {
        forwarded.add("x-forwarded-for", "127.0.0.1");
        forwarded.set(GATEWAY_HEADER, gateway);
        forwarded.set(RequestId.HEADER, request.value());
        forwarded.set(TraceId.XRAY_HEADER, trace.xray());
    }

    /** For the client. */
    void answer(HttpHeaders response) {
        response.set(GATEWAY_HEADER, gateway);
        response.set(RequestId.HEADER, request.value());
    }

    void refuse(Responder responder, EdgeError error) {
        List<String> headers = new ArrayList<>(List.of(GATEWAY_HEADER, gateway, RequestId.HEADER, request.value()));
        HttpResponseStatus status = HttpResponseStatus.valueOf(error.status());
        if (status.equals(HttpResponseStatus.SERVICE_UNAVAILABLE)) {
            headers.addAll(List.of(HttpHeaderNames.RETRY_AFTER.toString(), RETRY_AFTER_SECONDS));
        }
        responder.json(status, error.json(), headers.toArray(String[]::new));
    }
}
