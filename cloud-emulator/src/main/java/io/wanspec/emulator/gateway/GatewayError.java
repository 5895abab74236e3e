package io.wanspec.emulator.gateway;

import io.wanspec.contracts.http.EdgeError;

/** What the gateway says for a function that does not. */
final class GatewayError {
    /** Whoever runs functions starts those again that died, so it is worth coming back. */
    static final EdgeError UNREACHABLE =
            new EdgeError(503, "The function is not up now. Try again in a second.", "function_unreachable");

    static final EdgeError BROKEN = new EdgeError(502, "The function ended without an answer.", "function_failed");
    static final EdgeError TIMED_OUT = new EdgeError(504, "The function did not answer in time.", "function_timeout");

    private GatewayError() {}
}
