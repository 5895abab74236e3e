package io.wanspec.emulator.gateway;

import io.wanspec.contracts.Limits;
import java.net.URI;
import java.time.Duration;

/**
 * Settings of the gateway; the defaults are the quotas of a regional REST API with streamed responses (API Gateway
 * Developer Guide, "Amazon API Gateway quotas" and "Stream the integration response").
 *
 * @param port TCP port, 0 for a free one
 * @param functions {@code http://127.0.0.1:port} of the functions' HTTP server; can be changed while the gateway runs
 * @param bodyBytesMax largest request body in bytes: 10 MB
 * @param idleTimeout longest silence of a function, before its answer and within it: 5 min
 * @param threads event-loop threads, whatever the number of requests
 */
public record GatewaySettings(int port, URI functions, int bodyBytesMax, Duration idleTimeout, int threads) {
    public GatewaySettings {
        if (bodyBytesMax < 0 || threads < 1 || idleTimeout.isNegative() || idleTimeout.isZero()) {
            throw new IllegalArgumentException("a gateway needs a thread and some patience");
        }
    }

    public static GatewaySettings of(int port, URI functions) {
        return new GatewaySettings(port, functions, Limits.HTTP_BODY_BYTES_MAX, Duration.ofMinutes(5), 1);
    }
}
