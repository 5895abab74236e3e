package io.wanspec.functions.http;

import org.jspecify.annotations.Nullable;

/** A request that is answered with an error, in OpenAI's words. The message names the field, the limit and the remedy. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String INVALID = "invalid_request_error";

    private final int status;
    private final String type;
    private final @Nullable String param;
    private final @Nullable String code;
    private final boolean retryable;

    private ApiException(
            int status, String type, @Nullable String param, @Nullable String code, boolean retryable, String message) {
        super(message);
        this.status = status;
        this.type = type;
        this.param = param;
        this.code = code;
        this.retryable = retryable;
    }

    static ApiException malformed(String message) {
        return new ApiException(400, INVALID, null, "malformed_body", false, message);
    }

    static ApiException duplicate(String param, String message) {
        return new ApiException(400, INVALID, param, "duplicate_field", false, message);
    }

    static ApiException invalid(String param, String message) {
        return new ApiException(400, INVALID, param, "invalid_value", false, message);
    }

    static ApiException wrongType(String param, String expected, String found) {
        String message = "Invalid type for '" + param + "': expected " + expected + ", but got " + found + " instead.";
        return new ApiException(400, INVALID, param, "invalid_type", false, message);
    }

    static ApiException missing(String param) {
        String message = "Missing required parameter: '" + param + "'.";
        return new ApiException(400, INVALID, param, "missing_required_parameter", false, message);
    }

    static ApiException unknown(String param) {
        String message = "Unknown parameter: '" + param + "'. Remove it, or check its spelling.";
        return new ApiException(400, INVALID, param, "unknown_parameter", false, message);
    }

    static ApiException unsupported(String param, String message) {
        return new ApiException(400, INVALID, param, "unsupported_parameter", false, message);
    }

    static ApiException contextExceeded(String param, String message) {
        return new ApiException(400, INVALID, param, "context_length_exceeded", false, message);
    }

    static ApiException modelNotFound(String model, String served) {
        String message = "The model '" + shown(model) + "' does not exist here. This server serves '" + served + "'.";
        return new ApiException(404, INVALID, "model", "model_not_found", false, message);
    }

    static ApiException unauthorized(String message) {
        return new ApiException(401, INVALID, null, "invalid_api_key", false, message);
    }

    /** @param code of OpenAI's, which its clients know */
    static ApiException limited(String type, String code, String message) {
        return new ApiException(429, type, null, code, false, message);
    }

    static ApiException forbidden(String code, String message) {
        return new ApiException(403, INVALID, null, code, false, message);
    }

    /** As OpenAI answers: the request is at fault, not the URL. */
    static ApiException previousNotFound(String id) {
        String message =
                "Previous response with id '" + shown(id) + "' not found. It may have expired, or was not stored.";
        return new ApiException(400, INVALID, "previous_response_id", "previous_response_not_found", false, message);
    }

    /** As RFCs in the making have it: another request than the one that the key was given to. */
    static ApiException keyReused(String header) {
        return new ApiException(
                422,
                INVALID,
                header,
                "idempotency_key_reused",
                false,
                "This " + header + " was sent with another request before. Send a new key with a new request.");
    }

    static ApiException conflict(String code, String message) {
        return new ApiException(409, INVALID, null, code, true, message);
    }

    static ApiException notFound(String code, String message) {
        return new ApiException(404, INVALID, null, code, false, message);
    }

    /** For good. No client sends it again by itself, as it would with 409 and 5xx: whoever deletes an answer wants no other one. */
    static ApiException gone(String code, String message) {
        return new ApiException(410, INVALID, null, code, false, message);
    }

    static ApiException unknownUrl(String method, String path) {
        return notFound(
                "unknown_url",
                "Unknown request URL: " + method + " " + path + ". See the documentation for the served URLs.");
    }

    static ApiException tooLarge(String message) {
        return new ApiException(413, INVALID, null, "request_too_large", false, message);
    }

    static ApiException overloaded(String message) {
        return new ApiException(429, "rate_limit_error", null, "overloaded", true, message);
    }

    static ApiException unavailable(String code, String message) {
        return new ApiException(503, "server_error", null, code, true, message);
    }

    static ApiException timedOut(String message) {
        return new ApiException(504, "server_error", null, "deadline_exceeded", false, message);
    }

    static ApiException internal() {
        return new ApiException(
                500, "server_error", null, "internal_error", false, "The server had an error; it has been logged.");
    }

    /** An error that the HTTP server found before any route was reached. */
    static ApiException ofStatus(int status, String message) {
        boolean fault = status >= 500;
        return new ApiException(
                status, fault ? "server_error" : INVALID, null, "http_" + status, status == 503, message);
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    @Nullable
    String param() {
        return param;
    }

    @Nullable
    String code() {
        return code;
    }

    boolean isRetryable() {
        return retryable;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    /** What a client sent, as a message may repeat it. */
    static String shown(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "...";
    }
}
