package io.wanspec.emulator.sagemaker;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.wanspec.contracts.http.EdgeError;
import io.wanspec.emulator.net.Exchange;
import io.wanspec.emulator.net.Exchanges;
import io.wanspec.emulator.net.Responder;
import org.jspecify.annotations.Nullable;

/** The calls over HTTP/1.1: checks what can be refused without a container, then forwards. */
final class InvokeExchanges implements Exchanges {
    private final SageMakerSettings settings;
    private final EndpointTable endpoints;

    InvokeExchanges(SageMakerSettings settings, EndpointTable endpoints) {
        this.settings = settings;
        this.endpoints = endpoints;
    }

    @Override
    public Exchange open(FullHttpRequest request, Responder responder) {
        Route route = Route.of(request.method().name(), request.uri());
        if (!SignatureForm.isSigned(request.headers().get(HttpHeaderNames.AUTHORIZATION))) {
            return refuse(request, responder, ApiError.notSigned());
        }
        if (route == null || route.operation() == Operation.BIDIRECTIONAL_STREAM) {
            return refuse(request, responder, ApiError.unknownOperation());
        }
        String session = request.headers().get(ContainerRequests.SESSION_ID);
        return switch (endpoints.place(route, session, settings.account())) {
            case Placement.Refused(ApiError error) -> refuse(request, responder, error);
            case Placement.At at -> exchange(route, at, responder).start(request);
        };
    }

    @Override
    public void refused(EdgeError why, @Nullable HttpRequest head, Responder responder) {
        Answers.error(responder, head == null ? ApiError.unreadable(why) : ApiError.tooLarge(settings.bodyBytesMax()));
    }

    private ContainerExchange exchange(Route route, Placement.At at, Responder responder) {
        return switch (route.operation()) {
            case INVOKE -> new InvokeExchange(route, at, responder, settings);
            case RESPONSE_STREAM ->
                new ResponseStreamExchange(
                        route,
                        at,
                        responder,
                        settings,
                        endpoints.faults(route.endpointName()).nextCut(route.operation()));
            case BIDIRECTIONAL_STREAM -> throw new IllegalStateException("not a call over HTTP/1.1");
        };
    }

    private static Exchange refuse(FullHttpRequest request, Responder responder, ApiError error) {
        request.release();
        Answers.error(responder, error);
        return Exchange.ANSWERED;
    }
}
