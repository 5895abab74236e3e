package io.wanspec.emulator.wan;

import java.net.URI;

/**
 * Settings of a link.
 *
 * @param port TCP port to listen on, 0 for a free one
 * @param destination {@code http://host:port} that connections lead to; only host and port count
 * @param profile the first profile; it can be changed while the link runs
 * @param seed seed of the jitter: the nth connection of a link with the same seed draws the same delays
 * @param inFlightBytesMax most bytes held per connection and direction; when they are reached the link stops reading and
 *     TCP slows the sender. It bounds the throughput at {@code inFlightBytesMax / (rtt / 2)}
 * @param threads event-loop threads, whatever the number of connections
 */
public record WanSettings(int port, URI destination, WanProfile profile, long seed, int inFlightBytesMax, int threads) {
    /** 8 MiB: a window that 200 ms of round trip do not fill at 80 MB/s. */
    public static final int IN_FLIGHT_BYTES_MAX = 8 * 1024 * 1024;

    public WanSettings {
        if (inFlightBytesMax < 1 || threads < 1) {
            throw new IllegalArgumentException("a link needs room and a thread");
        }
    }

    /** A free port, 8 MiB in flight, one thread. */
    public static WanSettings of(URI destination, WanProfile profile, long seed) {
        return new WanSettings(0, destination, profile, seed, IN_FLIGHT_BYTES_MAX, 1);
    }
}
