package io.wanspec.functions.link;

import io.wanspec.contracts.Limits;
import io.wanspec.functions.settings.EndpointAddress;
import java.util.function.IntConsumer;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** Streams of a draft worker on site to its relay. They are made as a session's links are, and carry frames as they are. */
public final class RelayDial implements AutoCloseable {
    private static final FrameWire<byte[]> AS_THEY_ARE = new FrameWire<>(RelayDial::checked, frame -> frame);

    private final EndpointAddress relay;
    private final SageMakerClients clients;

    /** @param streams most at once; a few that linger, and their successors, come on top */
    public RelayDial(EndpointAddress relay, AwsCredentialsProvider credentials, int streams) {
        this.relay = relay;
        this.clients = new SageMakerClients(
                new PlaceAccess(credentials, null), 2 * streams, SageMakerClients.IDLE_CONNECTION_KEPT);
    }

    /** @param counter is told of the bytes of each frame, in either direction */
    public Link<byte[]> open(LinkListener<byte[]> listener, IntConsumer counter) {
        return new SageMakerLink<>(relay, AS_THEY_ARE, listener, counter).open(clients.duplex(relay));
    }

    private static byte[] checked(byte[] frame) {
        if (frame.length > Limits.FRAME_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a frame of " + frame.length + " bytes exceeds " + Limits.FRAME_BYTES_MAX);
        }
        return frame;
    }

    @Override
    public void close() {
        clients.close();
    }
}
