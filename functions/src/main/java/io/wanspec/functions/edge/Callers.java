package io.wanspec.functions.edge;

import io.micronaut.http.HttpRequest;
import java.net.InetAddress;
import java.util.Set;
import java.util.stream.Stream;

/** Where a request comes from, if all that passed it on are to be believed. */
public final class Callers {
    private static final String FORWARDED_FOR = "x-forwarded-for";

    /** What the Lambda Web Adapter adds; it is on this machine, whoever called is not. */
    private static final String LAMBDA = "x-amzn-request-context";

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "0:0:0:0:0:0:0:1", "[::1]");

    private Callers() {}

    /**
     * A gateway adds the address of whoever called it behind those that it was told, so that nobody elsewhere can leave only
     * addresses of this machine.
     */
    public static boolean isThisMachine(HttpRequest<?> request) {
        InetAddress remote = request.getRemoteAddress().getAddress();
        return remote != null
                && remote.isLoopbackAddress()
                && !request.getHeaders().contains(LAMBDA)
                && request.getHeaders().getAll(FORWARDED_FOR).stream()
                        .flatMap(value -> Stream.of(value.split(",", -1)))
                        .map(String::strip)
                        .allMatch(LOOPBACK::contains);
    }
}
