package io.wanspec.endpoints.compute;

/** The way back to a peer; any thread may use it. */
public interface Outbound<F> {
    /** Whether the peer keeps up; if not, the session is submitted again as soon as it does. */
    boolean isWritable();

    /** Sends {@code message}; a lost peer is no error here. */
    void send(F message);

    /** Ends the connection after what was sent. */
    void close();
}
