package io.wanspec.emulator.gateway;

import io.wanspec.contracts.http.EdgeError;

/** What the gateway says for a function that does not, in the shape of OpenAI's API. */
enum GatewayError {
    /** Whoever runs functions starts those again that died, so it is worth coming back. */
    UNREACHABLE(503, "The function is not up now. Try again in a second.", "function_unreachable"),
    BROKEN(502, "The function ended without an answer.", "function_failed"),
    TIMED_OUT(504, "The function did not answer in time.", "function_timeout");

    private final EdgeError error;

    GatewayError(int status, String message, String code) {
        this.error = new EdgeError(status, message, code);
    }

    EdgeError error() {
        return error;
    }
}
