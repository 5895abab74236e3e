package io.wanspec.emulator.sagemaker;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which container serves which endpoint. It may change at any time, from any thread: a container that restarts on another
 * port is put again. Calls and streams that have begun stay with the container they began with.
 */
public final class EndpointTable {
    /** An endpoint; {@code container} is null while none is in service. */
    record Endpoint(String name, @Nullable URI container) {}

    private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();

    /**
     * @param name endpoint name: letters, digits and inner hyphens
     * @param container {@code http://127.0.0.1:port} of a server with {@code /invocations}
     */
    public void put(String name, URI container) {
        endpoints.put(checked(name), new Endpoint(name, container));
    }

    /** The endpoint exists but has no container in service: calls are answered with ServiceUnavailable. */
    public void outOfService(String name) {
        endpoints.put(checked(name), new Endpoint(name, null));
    }

    /** The endpoint is deleted: calls are answered with a validation error. */
    public void remove(String name) {
        endpoints.remove(name);
    }

    @Nullable
    Endpoint find(String name) {
        return endpoints.get(name);
    }

    private static String checked(String name) {
        if (!Route.isEndpointName(name)) {
            throw new IllegalArgumentException("not an endpoint name: " + name);
        }
        return name;
    }
}
