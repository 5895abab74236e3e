package io.wanspec.contracts.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * For which names a server on the loopback interface answers. A web page can make its own name point to 127.0.0.1 and then
 * read what is served there as its own (DNS rebinding); the Host that the browser sends gives it away.
 */
public final class HostRule {
    private static final String ANY = "*";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> names;

    private HostRule(Set<String> names) {
        this.names = names;
    }

    /** The loopback interface's own names, and these; {@code *} is every name. */
    public static HostRule loopbackAnd(List<String> more) {
        return new HostRule(Stream.concat(LOOPBACK.stream(), more.stream())
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** Where others decide who reaches the server. */
    public static HostRule any() {
        return new HostRule(Set.of(ANY));
    }

    /** @param host with or without a port; absent in HTTP/1.0, which no browser speaks */
    public boolean allows(@Nullable String host) {
        if (host == null || host.isEmpty() || names.contains(ANY)) {
            return true;
        }
        String name = withoutPort(host.strip().toLowerCase(Locale.ROOT));
        return names.contains(name) || name.endsWith(".localhost");
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }
}
