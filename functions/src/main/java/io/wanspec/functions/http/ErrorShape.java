package io.wanspec.functions.http;

import io.micronaut.context.annotation.Primary;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.wanspec.contracts.http.EdgeError;
import jakarta.inject.Singleton;

/** Gives OpenAI's shape to the errors that the HTTP server itself finds: no such route, wrong method, too large. */
@Singleton
@Primary
public final class ErrorShape implements ErrorResponseProcessor<byte[]> {
    @Override
    public MutableHttpResponse<byte[]> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        return Errors.into(error(context, response.code()), response);
    }

    private static ApiException error(ErrorContext context, int status) {
        String method = context.getRequest().getMethodName();
        String path = context.getRequest().getPath();
        return switch (status) {
            case 400 ->
                ApiException.malformed("The body is missing or cannot be read. Send a JSON object as the body.");
            case 404 -> ApiException.unknownUrl(method, path);
            case 405 -> ApiException.ofStatus(405, "Method " + method + " is not allowed for " + path + ".");
            case 413 -> ApiException.tooLarge(EdgeError.bodyTooLarge().message());
            case 415 -> ApiException.ofStatus(415, "The content type must be application/json.");
            case 406 -> ApiException.ofStatus(406, "Answers are application/json or text/event-stream.");
            case 500 -> ApiException.internal();
            default -> ApiException.ofStatus(status, message(context, status));
        };
    }

    private static String message(ErrorContext context, int status) {
        return context.getErrors().isEmpty()
                ? "The request failed with status " + status + "."
                : context.getErrors().getFirst().getMessage();
    }
}
