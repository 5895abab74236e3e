package io.wanspec.functions.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Answers a request that runs into a limit of its key. */
@Singleton
public final class LimitedExceptionHandler implements ExceptionHandler<LimitedException, HttpResponse<byte[]>> {
    @Override
    @SuppressWarnings("rawtypes")
    public HttpResponse<byte[]> handle(HttpRequest request, LimitedException error) {
        return KeyErrors.limited(error.hit());
    }
}
