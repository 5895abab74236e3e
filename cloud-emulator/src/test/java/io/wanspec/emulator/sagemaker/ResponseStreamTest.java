package io.wanspec.emulator.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeAsyncClient;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointWithResponseStreamResponse;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointWithResponseStreamResponseHandler.Visitor;
import software.amazon.awssdk.services.sagemakerruntime.model.ModelErrorException;
import software.amazon.awssdk.services.sagemakerruntime.model.ModelStreamErrorException;
import software.amazon.awssdk.services.sagemakerruntime.model.ValidationErrorException;

@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResponseStreamTest {
    private final TestContainer container = new TestContainer();
    private final SageMakerEmulator emulator = SageMakerEmulator.open(SageMakerSettings.onPort(0));
    private final SageMakerRuntimeAsyncClient client = Clients.async(emulator.uri());
    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private final AtomicReference<InvokeEndpointWithResponseStreamResponse> head = new AtomicReference<>();

    ResponseStreamTest() {
        emulator.endpoints().put("target", container.uri());
    }

    @AfterAll
    void close() {
        client.close();
        emulator.close();
        container.close();
    }

    private CompletableFuture<Void> call(String endpoint, String body) {
        received.clear();
        var handler = InvokeEndpointWithResponseStreamResponseHandler.builder()
                .onResponse(head::set)
                .subscriber(Visitor.builder()
                        .onPayloadPart(part -> received.add(part.bytes().asUtf8String()))
                        .build())
                .build();
        return client.invokeEndpointWithResponseStream(
                request -> request.endpointName(endpoint)
                        .accept("text/event-stream")
                        .body(SdkBytes.fromUtf8String(body)),
                handler);
    }

    private InvokeEndpointWithResponseStreamResponse head() {
        return Objects.requireNonNull(head.get());
    }

    private static Throwable failure(CompletableFuture<Void> call) throws Exception {
        try {
            call.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        }
        throw new AssertionError("no failure");
    }

    private static String pieces(int count) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < count; i++) {
            all.append("piece").append(i).append(';');
        }
        return all.toString();
    }

    @Test
    void everyPieceArrivesInOrder() throws Exception {
        call("target", "stream:2000").get(60, TimeUnit.SECONDS);
        assertThat(String.join("", received)).isEqualTo(pieces(2000));
        assertThat(head().contentType()).isEqualTo("text/event-stream");
        assertThat(head().invokedProductionVariant()).isEqualTo("AllTraffic");
    }

    @Test
    void theAcceptedTypeReachesTheContainer() throws Exception {
        call("target", "echo").get(60, TimeUnit.SECONDS);
        assertThat(String.join("", received)).isEqualTo("echo");
        assertThat(head().customAttributes()).contains("accept=text/event-stream");
    }

    @Test
    void aContainerThatDiesBreaksTheStream() throws Exception {
        assertThat(failure(call("target", "die:3")))
                .isInstanceOfSatisfying(
                        ModelStreamErrorException.class,
                        error -> assertThat(error.errorCode()).isEqualTo("StreamBroken"));
        assertThat(String.join("", received)).isEqualTo(pieces(3));
    }

    @Test
    void anErrorBeforeTheStreamIsAModelError() throws Exception {
        assertThat(failure(call("target", "status:500:broken")))
                .isInstanceOfSatisfying(
                        ModelErrorException.class,
                        error -> assertThat(error.originalMessage()).isEqualTo("broken"));
    }

    @Test
    void refusesAnUnknownEndpoint() throws Exception {
        assertThat(failure(call("nobody", "echo"))).isInstanceOf(ValidationErrorException.class);
    }
}
