package io.wanspec.emulator.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sagemakerruntimehttp2.SageMakerRuntimeHttp2AsyncClient;
import software.amazon.awssdk.services.sagemakerruntimehttp2.model.InputValidationErrorException;
import software.amazon.awssdk.services.sagemakerruntimehttp2.model.ModelErrorException;
import software.amazon.awssdk.services.sagemakerruntimehttp2.model.ModelStreamErrorException;
import software.amazon.awssdk.services.sagemakerruntimehttp2.model.ResponsePayloadPart;
import software.amazon.awssdk.services.sagemakerruntimehttp2.model.SageMakerRuntimeHttp2Exception;
import software.amazon.awssdk.services.sagemakerruntimehttp2.model.ServiceUnavailableErrorException;

@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BidirectionalStreamTest {
    private final TestContainer container = new TestContainer();
    private final SageMakerEmulator emulator = SageMakerEmulator.open(SageMakerSettings.onPort(0));
    private final SageMakerRuntimeHttp2AsyncClient client = Clients.duplex(emulator.uri());

    BidirectionalStreamTest() {
        emulator.endpoints().put("draft", container.uri());
    }

    @AfterAll
    void close() {
        client.close();
        emulator.close();
        container.close();
    }

    @Test
    void carriesTextAndBinaryBothWays() throws Exception {
        var stream = new Duplex(client, "draft");
        stream.text("hello");
        ResponsePayloadPart text = stream.take();
        assertThat(text.bytes().asUtf8String()).isEqualTo("hello");
        assertThat(text.dataType()).isEqualTo("UTF8");
        assertThat(text.completionState()).isEqualTo("COMPLETE");
        stream.send(new byte[] {0, -1, 2}, "BINARY", "COMPLETE");
        ResponsePayloadPart binary = stream.take();
        assertThat(binary.bytes().asByteArray()).containsExactly(0, -1, 2);
        assertThat(binary.dataType()).isEqualTo("BINARY");
        stream.end();
        stream.done.get(60, TimeUnit.SECONDS);
    }

    @Test
    void partsOfAMessageAreItsFragments() throws Exception {
        var stream = new Duplex(client, "draft");
        stream.send("one ".getBytes(StandardCharsets.UTF_8), "UTF8", "PARTIAL");
        stream.send("two ".getBytes(StandardCharsets.UTF_8), "UTF8", "PARTIAL");
        stream.send("three".getBytes(StandardCharsets.UTF_8), "UTF8", "COMPLETE");
        for (String[] expected : new String[][] {{"one ", "PARTIAL"}, {"two ", "PARTIAL"}, {"three", "COMPLETE"}}) {
            ResponsePayloadPart part = stream.take();
            assertThat(part.bytes().asUtf8String()).isEqualTo(expected[0]);
            assertThat(part.completionState()).isEqualTo(expected[1]);
            assertThat(part.dataType()).isEqualTo("UTF8");
        }
        stream.end();
        stream.done.get(60, TimeUnit.SECONDS);
    }

    @Test
    void carriesLargeFrames() throws Exception {
        byte[] large = new byte[900 * 1024];
        new Random(1).nextBytes(large);
        var stream = new Duplex(client, "draft");
        for (int i = 0; i < 3; i++) {
            stream.send(large, "BINARY", "COMPLETE");
        }
        for (int i = 0; i < 3; i++) {
            assertThat(stream.take().bytes().asByteArrayUnsafe()).isEqualTo(large);
        }
        stream.end();
        stream.done.get(60, TimeUnit.SECONDS);
    }

    @Test
    void carriesManySmallFramesInOrder() throws Exception {
        int frames = 2_000;
        var stream = new Duplex(client, "draft");
        Thread sender = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < frames; i++) {
                stream.text("frame " + i);
            }
            stream.end();
        });
        for (int i = 0; i < frames; i++) {
            assertThat(stream.takeText()).isEqualTo("frame " + i);
        }
        sender.join();
        stream.done.get(60, TimeUnit.SECONDS);
        assertThat(stream.received).isEmpty();
    }

    @Test
    void theContainerMayAnswerAfterTheClientsEnd() throws Exception {
        var stream = new Duplex(client, "draft");
        stream.text("farewell");
        stream.end();
        assertThat(stream.takeText()).isEqualTo("farewell");
        stream.done.get(60, TimeUnit.SECONDS);
    }

    @Test
    void theContainersNormalCloseEndsTheStream() throws Exception {
        var stream = new Duplex(client, "draft");
        stream.text("close 1000");
        stream.done.get(60, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"die", "close 1011"})
    void aContainerThatDiesBreaksTheStream(String command) throws Exception {
        var stream = new Duplex(client, "draft");
        stream.text("before");
        assertThat(stream.takeText()).isEqualTo("before");
        stream.text(command);
        assertThat(failure(stream))
                .isInstanceOfSatisfying(
                        ModelStreamErrorException.class,
                        error -> assertThat(error.errorCode()).isEqualTo("StreamBroken"));
    }

    @Test
    void aReportedErrorIsAnException() throws Exception {
        var stream = new Duplex(client, "draft");
        stream.text("error");
        assertThat(failure(stream)).isInstanceOfSatisfying(ModelStreamErrorException.class, error -> {
            assertThat(error.errorCode()).isEqualTo("X1");
            assertThat(error.getMessage()).contains("out of memory");
        });
    }

    @Test
    void refusesAnUnknownEndpoint() throws Exception {
        assertThat(failure(new Duplex(client, "nobody")))
                .isInstanceOf(InputValidationErrorException.class)
                .hasMessageContaining("Endpoint nobody of account 000000000000 not found.");
    }

    @Test
    void anUnreachableContainerIsUnavailable() throws Exception {
        TestContainer gone = new TestContainer();
        emulator.endpoints().put("gone", gone.uri());
        gone.close();
        emulator.endpoints().outOfService("starting");
        for (String endpoint : List.of("gone", "starting")) {
            assertThat(failure(new Duplex(client, endpoint))).isInstanceOf(ServiceUnavailableErrorException.class);
        }
    }

    @Test
    void aContainerWithoutAWebSocketIsAModelError() throws Exception {
        try (var plain = new PlainHttpServer()) {
            emulator.endpoints().put("plain", plain.uri());
            assertThat(failure(new Duplex(client, "plain")))
                    .isInstanceOfSatisfying(
                            ModelErrorException.class,
                            error -> assertThat(error.originalStatusCode()).isEqualTo(404));
        }
    }

    @Test
    void refusesAPartOverTheLimit() throws Exception {
        var stream = new Duplex(client, "draft");
        stream.send(new byte[(1 << 20) + 1], "BINARY", "COMPLETE");
        assertThat(failure(stream)).isInstanceOf(SageMakerRuntimeHttp2Exception.class);
    }

    @Test
    void endsAtItsTimeLimit() throws Exception {
        var shortLived = withBidirectionalTimeout(Duration.ofMillis(200));
        try (var limited = SageMakerEmulator.open(shortLived);
                var caller = Clients.duplex(limited.uri())) {
            limited.endpoints().put("draft", container.uri());
            assertThat(failure(new Duplex(caller, "draft")))
                    .isInstanceOfSatisfying(
                            ModelStreamErrorException.class,
                            error -> assertThat(error.errorCode()).isEqualTo("ModelInvocationTimeExceeded"));
        }
    }

    @Test
    void fiftyStreamsRunAtOnce() throws Exception {
        List<Duplex> streams = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            streams.add(new Duplex(client, "draft"));
        }
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < streams.size(); i++) {
                streams.get(i).text("stream " + i + " round " + round);
            }
        }
        for (int i = 0; i < streams.size(); i++) {
            for (int round = 0; round < 20; round++) {
                assertThat(streams.get(i).takeText()).isEqualTo("stream " + i + " round " + round);
            }
            streams.get(i).end();
        }
        for (Duplex stream : streams) {
            stream.done.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void aCancelledStreamLeavesTheContainer() throws Exception {
        try (var own = new TestContainer()) {
            emulator.endpoints().put("own", own.uri());
            var stream = new Duplex(client, "own");
            stream.text("hello");
            stream.take();
            assertThat(own.sockets).hasValue(1);
            stream.done.cancel(true);
            long begin = System.nanoTime();
            while (own.sockets.get() > 0 && System.nanoTime() - begin < 60_000_000_000L) {
                Thread.sleep(5);
            }
            assertThat(own.sockets).hasValue(0);
        }
    }

    private static SageMakerSettings withBidirectionalTimeout(Duration timeout) {
        SageMakerSettings s = SageMakerSettings.onPort(0);
        return new SageMakerSettings(
                s.port(),
                s.account(),
                s.bodyBytesMax(),
                s.invokeTimeout(),
                s.responseStreamTimeout(),
                timeout,
                s.handshakeTimeout(),
                s.pingInterval(),
                s.missedPongsMax(),
                s.frameBytesMax(),
                s.threads());
    }

    private static Throwable failure(Duplex stream) {
        try {
            stream.done.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        } catch (Exception e) {
            throw new AssertionError("no failure, but " + e, e);
        }
        throw new AssertionError("the stream ended without a failure");
    }
}
