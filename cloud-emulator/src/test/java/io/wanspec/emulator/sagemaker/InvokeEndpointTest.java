package io.wanspec.emulator.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeClient;
import software.amazon.awssdk.services.sagemakerruntime.model.InternalDependencyException;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointResponse;
import software.amazon.awssdk.services.sagemakerruntime.model.ModelErrorException;
import software.amazon.awssdk.services.sagemakerruntime.model.SageMakerRuntimeException;
import software.amazon.awssdk.services.sagemakerruntime.model.ServiceUnavailableException;
import software.amazon.awssdk.services.sagemakerruntime.model.ValidationErrorException;

@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InvokeEndpointTest {
    private final TestContainer container = new TestContainer();
    private final SageMakerEmulator emulator = SageMakerEmulator.open(SageMakerSettings.onPort(0));
    private final SageMakerRuntimeClient client = Clients.blocking(emulator.uri());

    InvokeEndpointTest() {
        emulator.endpoints().put("target", container.uri());
    }

    @AfterAll
    void close() {
        client.close();
        emulator.close();
        container.close();
    }

    private InvokeEndpointResponse invoke(String endpoint, String body) {
        return client.invokeEndpoint(request -> request.endpointName(endpoint).body(SdkBytes.fromUtf8String(body)));
    }

    @Test
    void forwardsBodyAndHeadersButNotTheSignature() {
        InvokeEndpointResponse response = client.invokeEndpoint(request -> request.endpointName("target")
                .contentType("application/json")
                .accept("application/jsonlines")
                .customAttributes("trace=7")
                .body(SdkBytes.fromUtf8String("echo:me")));
        assertThat(response.body().asUtf8String()).isEqualTo("echo:me");
        assertThat(response.contentType()).isEqualTo("application/json");
        assertThat(response.invokedProductionVariant()).isEqualTo("AllTraffic");
        assertThat(response.customAttributes())
                .isEqualTo("/invocations accept=application/jsonlines attributes=trace=7 authorization=null");
    }

    @Test
    void carriesALargeBodyBothWays() {
        byte[] large = new byte[20 << 20];
        new Random(1).nextBytes(large);
        InvokeEndpointResponse response = client.invokeEndpoint(
                request -> request.endpointName("target").body(SdkBytes.fromByteArrayUnsafe(large)));
        assertThat(response.body().asByteArrayUnsafe()).isEqualTo(large);
    }

    @Test
    void refusesABodyOverTheLimitAndKeepsWorking() {
        byte[] tooLarge = new byte[(25 << 20) + 1];
        assertThatThrownBy(() -> client.invokeEndpoint(
                        request -> request.endpointName("target").body(SdkBytes.fromByteArrayUnsafe(tooLarge))))
                .isInstanceOfSatisfying(
                        SageMakerRuntimeException.class,
                        error -> assertThat(error.statusCode()).isEqualTo(413));
        assertThat(invoke("target", "echo").body().asUtf8String()).isEqualTo("echo");
    }

    @Test
    void theContainersErrorIsAModelError() {
        assertThatThrownBy(() -> invoke("target", "status:429:slow down"))
                .isInstanceOfSatisfying(ModelErrorException.class, error -> {
                    assertThat(error.statusCode()).isEqualTo(424);
                    assertThat(error.originalStatusCode()).isEqualTo(429);
                    assertThat(error.originalMessage()).isEqualTo("slow down");
                    assertThat(error.getMessage()).contains("Received client error (429) from primary");
                });
    }

    @Test
    void refusesAnUnknownEndpoint() {
        assertThatThrownBy(() -> invoke("nobody", "echo"))
                .isInstanceOf(ValidationErrorException.class)
                .hasMessageContaining("Endpoint nobody of account 000000000000 not found.");
    }

    @Test
    void anUnreachableContainerIsUnavailable() {
        TestContainer gone = new TestContainer();
        emulator.endpoints().put("gone", gone.uri());
        gone.close();
        assertThatThrownBy(() -> invoke("gone", "echo")).isInstanceOf(ServiceUnavailableException.class);
    }

    @Test
    void aContainerThatDropsTheCallIsADependencysFailure() {
        assertThatThrownBy(() -> invoke("target", "drop")).isInstanceOf(InternalDependencyException.class);
    }

    @Test
    void aRestartedContainerIsFoundOnItsNewPort() {
        TestContainer first = new TestContainer();
        emulator.endpoints().put("restarting", first.uri());
        assertThat(invoke("restarting", "echo").body().asUtf8String()).isEqualTo("echo");
        first.close();
        emulator.endpoints().outOfService("restarting");
        assertThatThrownBy(() -> invoke("restarting", "echo")).isInstanceOf(ServiceUnavailableException.class);
        try (TestContainer second = new TestContainer()) {
            emulator.endpoints().put("restarting", second.uri());
            assertThat(invoke("restarting", "echo").body().asUtf8String()).isEqualTo("echo");
        }
    }

    @Test
    void aCallOverItsTimeIsAModelErrorWithoutAStatus() throws Exception {
        SageMakerSettings s = SageMakerSettings.onPort(0);
        var hasty = new SageMakerSettings(
                0,
                s.account(),
                s.bodyBytesMax(),
                Duration.ofMillis(200),
                s.responseStreamTimeout(),
                s.bidirectionalTimeout(),
                s.handshakeTimeout(),
                s.pingInterval(),
                s.missedPongsMax(),
                s.frameBytesMax(),
                1);
        try (var slow = new TestContainer();
                var limited = SageMakerEmulator.open(hasty);
                var caller = Clients.blocking(limited.uri())) {
            limited.endpoints().put("slow", slow.uri());
            assertThatThrownBy(() -> caller.invokeEndpoint(
                            request -> request.endpointName("slow").body(SdkBytes.fromUtf8String("hang"))))
                    .isInstanceOfSatisfying(
                            ModelErrorException.class,
                            error -> assertThat(error.originalStatusCode()).isZero())
                    .hasMessageContaining("timed out");
            assertThat(slow.abandoned.get(60, TimeUnit.SECONDS)).isEqualTo("left");
        }
    }

    @Test
    void anUnsignedRequestIsRefused() throws Exception {
        try (HttpClient plain = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(emulator.uri().resolve("/endpoints/target/invocations"))
                    .version(HttpClient.Version.HTTP_1_1)
                    .POST(BodyPublishers.ofString("echo"))
                    .build();
            HttpResponse<String> response = plain.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(response.headers().firstValue("x-amzn-errortype"))
                    .contains("MissingAuthenticationTokenException");
        }
    }
}
