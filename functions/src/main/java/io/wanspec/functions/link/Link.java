package io.wanspec.functions.link;

/**
 * A duplex stream of frames with one endpoint, for one session. Sending never blocks and never throws: a link that cannot
 * take a frame is lost, and says so to its listener.
 *
 * @param <F> the frames of this kind of link
 */
public interface Link<F> extends AutoCloseable {
    void send(F frame);

    /** Ends the stream at once, so that the other side is free; the listener hears nothing more. */
    @Override
    void close();
}
