package io.wanspec.endpoints.compute;

/** The way back to a peer; any thread may use it. */
public interface Outbound<F> {
    /** Whether the peer keeps up; if not, the session is submitted again as soon as it does. */
    boolean isWritable();

    /** Changes whenever messages go another way than before. */
    default int turn() {
        return 0;
    }

    /**
     * There is nothing to send until the peer has said more.
     *
     * @param since the {@link #turn} before the session looked for something to do
     */
    default void rested(int since) {}

    /** Sends {@code message}; a lost peer is no error here. */
    void send(F message);

    /** Ends the connection after what was sent. */
    void close();
}
