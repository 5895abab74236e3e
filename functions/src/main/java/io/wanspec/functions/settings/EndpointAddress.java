package io.wanspec.functions.settings;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Where a model endpoint is.
 *
 * @param region AWS region, which also signs the requests
 * @param name of the SageMaker endpoint
 * @param override instead of the region's own address; {@code https} unless it is this machine
 * @param transport how links to it are made
 * @param access as whom it is called
 * @param site whose workers are reached there, if it is a relay; null of an endpoint that has a model
 */
public record EndpointAddress(
        String region,
        String name,
        @Nullable URI override,
        LinkTransport transport,
        EndpointAccess access,
        @Nullable OnSite site) {
    /** Links are made as the endpoint allows. */
    public EndpointAddress(String region, String name, @Nullable URI override) {
        this(region, name, override, LinkTransport.AUTO);
    }

    /** Called as oneself. */
    public EndpointAddress(String region, String name, @Nullable URI override, LinkTransport transport) {
        this(region, name, override, transport, new EndpointAccess.Own());
    }

    /** One that has a model. */
    public EndpointAddress(
            String region, String name, @Nullable URI override, LinkTransport transport, EndpointAccess access) {
        this(region, name, override, transport, access, null);
    }

    /** A relay, for the workers of one site. It joins streams, and knows no single calls. */
    public EndpointAddress forSite(OnSite of) {
        return new EndpointAddress(region, name, override, LinkTransport.BIDIRECTIONAL, access, of);
    }

    /** Whether what is sent there may be seen there; what goes to a site is seen by its relay, too. */
    public boolean mayBeSent(PromptRegions regions) {
        return regions.allows(region) && (site == null || site.mayBeSent(regions));
    }

    public EndpointAddress {
        if (region.isBlank() || name.isBlank()) {
            throw new IllegalArgumentException(
                    "an endpoint needs a region and a name, got region '" + region + "' and name '" + name + "'");
        }
        requireEncrypted(override);
    }

    /** @throws IllegalArgumentException if traffic to this address would leave the machine in clear text */
    static void requireEncrypted(@Nullable URI override) {
        if (override == null || "https".equals(override.getScheme())) {
            return;
        }
        if (!"http".equals(override.getScheme()) || !isLoopback(override.getHost())) {
            throw new IllegalArgumentException(
                    "endpoint override " + override
                            + " must use https: prompts and tokens leave the machine encrypted only. Plain http is for 127.0.0.1");
        }
    }

    static boolean isLoopback(@Nullable String host) {
        if (host == null) {
            return false;
        }
        try {
            boolean literal = host.startsWith("[") || host.matches("[0-9.]+");
            return host.equals("localhost")
                    || (literal && InetAddress.getByName(host).isLoopbackAddress());
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
