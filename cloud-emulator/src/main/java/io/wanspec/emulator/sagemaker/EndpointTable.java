package io.wanspec.emulator.sagemaker;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Which containers serve which endpoint, and what goes wrong there. It may change at any time, from any thread: a container
 * that restarts on another port is put again, and so is an endpoint's next version. Calls and streams that have begun stay with
 * the container they began with; sessions end with their version.
 */
public final class EndpointTable {
    /** What a client says instead of a session's name to have one opened. */
    static final String NEW_SESSION = "NEW_SESSION";

    private static final long SEED = 42;

    private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();
    private final Map<String, EndpointFaults> faults = new ConcurrentHashMap<>();

    /**
     * @param name endpoint name: letters, digits and inner hyphens
     * @param container {@code http://127.0.0.1:port} of a server with {@code /invocations}
     */
    public void put(String name, URI container) {
        put(name, Routing.RANDOM, List.of(container));
    }

    /** Several instances; random routing is the same in every run. */
    public void put(String name, Routing routing, List<URI> containers) {
        endpoints.put(checked(name), new Endpoint.InService(new Instances(containers, routing, SEED)));
    }

    /** The endpoint exists but has no container in service: calls are answered with ServiceUnavailable. */
    public void outOfService(String name) {
        endpoints.put(checked(name), new Endpoint.OutOfService());
    }

    /**
     * The endpoint is scaled to zero: calls are answered with a validation error, and the first of them wakes it up.
     *
     * @param wakeUp from that call to the first that is served; that call itself is refused in any case
     */
    public void scaleToZero(String name, Duration wakeUp, List<URI> containers) {
        endpoints.put(
                checked(name),
                new Endpoint.Asleep(new Instances(containers, Routing.RANDOM, SEED), wakeUp, new AtomicLong()));
    }

    /** The endpoint is deleted: calls are answered with a validation error. */
    public void remove(String name) {
        endpoints.remove(name);
    }

    /** What goes wrong there; survives a change of the containers. */
    public EndpointFaults faults(String name) {
        return faults.computeIfAbsent(checked(name), key -> new EndpointFaults());
    }

    /** @param session what the client says of its session, if anything */
    Placement place(Route route, @Nullable CharSequence session, String account) {
        ApiError fault = faults(route.endpointName()).refusal(route.operation());
        if (fault != null) {
            return new Placement.Refused(fault);
        }
        return switch (endpoints.get(route.endpointName())) {
            case null -> new Placement.Refused(ApiError.unknownEndpoint(route, account));
            case Endpoint.OutOfService gone -> new Placement.Refused(ApiError.unavailable(route));
            case Endpoint.InService(Instances instances) -> among(instances, route, session);
            case Endpoint.Asleep asleep ->
                asleep.isAwakeAt(System.nanoTime())
                        ? among(asleep.instances(), route, session)
                        : new Placement.Refused(ApiError.noCapacity(route));
        };
    }

    private static Placement among(Instances instances, Route route, @Nullable CharSequence session) {
        String named = session == null ? NEW_SESSION : session.toString();
        Instance at = named.equals(NEW_SESSION) ? instances.next() : instances.of(named);
        return at == null
                ? new Placement.Refused(ApiError.unknownSession(route, named))
                : new Placement.At(at.use(), instances);
    }

    private static String checked(String name) {
        if (!Route.isEndpointName(name)) {
            throw new IllegalArgumentException("not an endpoint name: " + name);
        }
        return name;
    }
}
