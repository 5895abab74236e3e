package io.wanspec.emulator.sagemaker;

import io.wanspec.contracts.Limits;
import java.time.Duration;

/**
 * Limits of the emulator; the defaults are SageMaker's own, where it publishes one.
 *
 * @param port TCP port, 0 for a free one
 * @param account account id in error messages
 * @param bodyBytesMax largest body of a request or of a buffered response, in bytes (API reference, InvokeEndpoint: 25 MB)
 * @param invokeTimeout time for InvokeEndpoint (Developer Guide, "How Containers Serve Requests": 60 s)
 * @param responseStreamTimeout time for InvokeEndpointWithResponseStream (same page: 8 min)
 * @param bidirectionalTimeout longest bidirectional connection (Developer Guide, "Bidirectional streaming": 30 min)
 * @param handshakeTimeout time for the container to accept its WebSocket; SageMaker allows 250 ms, a busy laptop needs more
 * @param pingInterval time between pings on the container's WebSocket (same page: 60 s)
 * @param missedPongsMax unanswered pings after which the connection is given up (same page: 5)
 * @param frameBytesMax largest payload of one part of a bidirectional stream, in bytes
 * @param threads event-loop threads, whatever the number of streams
 */
public record SageMakerSettings(
        int port,
        String account,
        int bodyBytesMax,
        Duration invokeTimeout,
        Duration responseStreamTimeout,
        Duration bidirectionalTimeout,
        Duration handshakeTimeout,
        Duration pingInterval,
        int missedPongsMax,
        int frameBytesMax,
        int threads) {
    public SageMakerSettings {
        if (bodyBytesMax < 1 || frameBytesMax < 1 || missedPongsMax < 1 || threads < 1) {
            throw new IllegalArgumentException("every limit must be at least 1");
        }
    }

    /** SageMaker's limits, 5 s for the WebSocket handshake, frames of up to {@link Limits#FRAME_BYTES_MAX}. */
    public static SageMakerSettings onPort(int port) {
        return new SageMakerSettings(
                port,
                "000000000000",
                25 * 1024 * 1024,
                Duration.ofSeconds(60),
                Duration.ofMinutes(8),
                Duration.ofMinutes(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                5,
                Limits.FRAME_BYTES_MAX,
                1);
    }
}
