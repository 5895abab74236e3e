package io.wanspec.emulator.gateway;

import io.wanspec.contracts.Limits;
import io.wanspec.contracts.http.ConnectionLimits;
import io.wanspec.contracts.http.HostRule;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Settings of the gateway; the defaults are the quotas of a regional REST API with streamed responses (API Gateway
 * Developer Guide, "Amazon API Gateway quotas" and "Stream the integration response").
 *
 * @param port TCP port, 0 for a free one
 * @param functions {@code http://127.0.0.1:port} of the functions' HTTP server; can be changed while the gateway runs
 * @param bodyBytesMax largest request body in bytes: what a function can be sent, {@link Limits#HTTP_BODY_BYTES_MAX}
 * @param idleTimeout longest silence of a function, before its answer and within it: 5 min
 * @param threads event-loop threads, whatever the number of requests
 * @param connections what it bears from clients
 * @param hosts for which names it answers: it listens on the loopback interface only
 */
public record GatewaySettings(
        int port,
        URI functions,
        int bodyBytesMax,
        Duration idleTimeout,
        int threads,
        ConnectionLimits connections,
        HostRule hosts) {
    public GatewaySettings {
        if (bodyBytesMax < 0 || threads < 1 || idleTimeout.isNegative() || idleTimeout.isZero()) {
            throw new IllegalArgumentException("a gateway needs a thread and some patience");
        }
    }

    public static GatewaySettings of(int port, URI functions) {
        return new GatewaySettings(
                port,
                functions,
                Limits.HTTP_BODY_BYTES_MAX,
                Duration.ofMinutes(5),
                1,
                ConnectionLimits.DEFAULT,
                HostRule.loopbackAnd(List.of()));
    }

    /** Answers for these names, too. */
    public GatewaySettings allowing(List<String> names) {
        return new GatewaySettings(
                port, functions, bodyBytesMax, idleTimeout, threads, connections, HostRule.loopbackAnd(names));
    }

    /** Bears less, or more, of clients. */
    public GatewaySettings bearing(ConnectionLimits limits) {
        return new GatewaySettings(port, functions, bodyBytesMax, idleTimeout, threads, limits, hosts);
    }
}
