package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpResponseFactory;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.wanspec.functions.link.EndpointException;
import io.wanspec.functions.session.Overloaded;
import io.wanspec.functions.session.SessionOutcome;

/** Errors in OpenAI's shape. */
final class Errors {
    private static final String RETRY_AFTER_SECONDS = "1";

    /** An instance takes minutes to come; whoever asks every half minute waits little longer than that. */
    private static final String RETRY_AFTER_SECONDS_STARTING = "30";

    private static final String STARTING = "target_starting";

    private Errors() {}

    static ObjectNode body(ApiException error) {
        ObjectNode body = Json.object();
        ObjectNode inner = body.putObject("error");
        inner.put("message", error.message());
        inner.put("type", error.type());
        inner.put("param", error.param());
        inner.put("code", error.code());
        return body;
    }

    static MutableHttpResponse<byte[]> response(ApiException error) {
        HttpStatus status = HttpStatus.valueOf(error.status());
        return into(error, HttpResponseFactory.INSTANCE.status(status));
    }

    static MutableHttpResponse<byte[]> into(ApiException error, MutableHttpResponse<?> response) {
        if (error.isRetryable()) {
            response.header(
                    "retry-after", STARTING.equals(error.code()) ? RETRY_AFTER_SECONDS_STARTING : RETRY_AFTER_SECONDS);
        }
        return response.body(Json.bytes(body(error))).contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    static ApiException of(Overloaded overloaded) {
        return ApiException.overloaded(overloaded.getMessage() + ". Try again in a second.");
    }

    /** @param promptField the field that an endpoint's refusal is about if it names none */
    static ApiException of(EndpointException refused, String promptField) {
        String message = String.valueOf(refused.getMessage());
        if (refused.isRequestAtFault()) {
            String field = refused.field().isEmpty() ? promptField : refused.field();
            return refused.isContextExceeded()
                    ? ApiException.contextExceeded(field, message)
                    : ApiException.invalid(field, message);
        }
        return refused.isStarting()
                ? starting(message)
                : ApiException.unavailable("target_unavailable", "The model cannot be reached now. " + message);
    }

    /** @param why in a sentence's words */
    static ApiException starting(String why) {
        return ApiException.unavailable(
                STARTING, "The model is starting; send the request again in a few minutes. " + why);
    }

    static ApiException of(SessionOutcome.Failed failed) {
        return switch (failed.failure()) {
            case TARGET_UNAVAILABLE ->
                ApiException.unavailable("target_unavailable", "The model was lost: " + failed.message());
            case TARGET_STARTING -> starting(failed.message());
            case DEADLINE_EXCEEDED -> ApiException.timedOut("The request took too long: " + failed.message());
            case MOVED ->
                ApiException.unavailable(
                        "session_moved", "This server has stopped here, and another can go on. Ask for it again.");
            case RECORD_GONE -> ApiException.gone("record_gone", "There is no whole answer: " + failed.message() + ".");
            case INTERNAL -> ApiException.internal();
        };
    }
}
