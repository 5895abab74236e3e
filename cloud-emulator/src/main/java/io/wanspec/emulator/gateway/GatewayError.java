package io.wanspec.emulator.gateway;

import io.netty.handler.codec.http.HttpResponseStatus;

/** The gateway's own errors, in the shape of OpenAI's API, so that its clients can read them. */
enum GatewayError {
    TOO_LARGE(413, "The request body is too large.", "invalid_request_error", "request_too_large"),
    UNREACHABLE(502, "The function could not be reached.", "server_error", "function_unreachable"),
    BROKEN(502, "The function ended without an answer.", "server_error", "function_failed"),
    TIMED_OUT(504, "The function did not answer in time.", "server_error", "function_timeout");

    private final int statusCode;
    final String body;

    GatewayError(int status, String message, String type, String code) {
        this.statusCode = status;
        this.body = "{\"error\":{\"message\":\"" + message + "\",\"type\":\"" + type + "\",\"param\":null,\"code\":\""
                + code + "\"}}";
    }

    HttpResponseStatus status() {
        return HttpResponseStatus.valueOf(statusCode);
    }
}
