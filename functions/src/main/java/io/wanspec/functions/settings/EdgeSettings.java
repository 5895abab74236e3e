package io.wanspec.functions.settings;

import io.wanspec.contracts.http.HostRule;
import java.time.Duration;
import java.util.List;

/**
 * How the server behaves towards HTTP clients.
 *
 * @param hosts for which names it answers
 * @param corsOrigins web pages that may call it, {@code *} for all; empty: none
 * @param keepAlive a stream on which nothing came for so long gets a comment, so that nobody between takes it for dead
 */
public record EdgeSettings(HostRule hosts, List<String> corsOrigins, Duration keepAlive) {
    /** Half of what impatient proxies allow (nginx 60 s, load balancers 60 s, browsers' extensions 30 s). */
    public static final Duration KEEP_ALIVE_DEFAULT = Duration.ofSeconds(15);

    public EdgeSettings {
        corsOrigins = List.copyOf(corsOrigins);
        if (!keepAlive.isPositive()) {
            throw new IllegalArgumentException("wanspec.http.keep-alive must be positive");
        }
    }

    public boolean allowsOrigin(String origin) {
        return corsOrigins.contains("*") || corsOrigins.contains(origin);
    }
}
