package io.wanspec.functions.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.netty.handler.codec.compression.DecompressionException;
import jakarta.inject.Singleton;

/** Answers a request whose body is not compressed as it says. The server takes compressed bodies, and finds that on its own. */
@Singleton
public final class GarbledBodyHandler implements ExceptionHandler<DecompressionException, HttpResponse<byte[]>> {
    @Override
    @SuppressWarnings("rawtypes")
    public HttpResponse<byte[]> handle(HttpRequest request, DecompressionException error) {
        return Errors.response(ApiException.malformed(
                "The body is not compressed as its content-encoding says. Compress it so, or leave the header out."));
    }
}
