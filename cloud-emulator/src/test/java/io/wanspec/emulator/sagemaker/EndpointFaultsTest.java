package io.wanspec.emulator.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeClient;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointResponse;
import software.amazon.awssdk.services.sagemakerruntime.model.ModelErrorException;
import software.amazon.awssdk.services.sagemakerruntime.model.ModelNotReadyException;
import software.amazon.awssdk.services.sagemakerruntime.model.ValidationErrorException;
import software.amazon.awssdk.services.sagemakerruntimehttp2.SageMakerRuntimeHttp2AsyncClient;
import software.amazon.awssdk.services.sagemakerruntimehttp2.model.InputValidationErrorException;
import software.amazon.awssdk.services.sagemakerruntimehttp2.model.ModelStreamErrorException;

/** What SageMaker does to a client beside serving it, through the real SDK. */
@Timeout(180)
final class EndpointFaultsTest {
    private static final int CALLS = 40;

    private final NamedContainer one = new NamedContainer("one");
    private final NamedContainer two = new NamedContainer("two");
    private final TestContainer echo = new TestContainer();
    private final SageMakerEmulator emulator = SageMakerEmulator.open(SageMakerSettings.onPort(0));
    private final EndpointTable endpoints = emulator.endpoints();
    private final SageMakerRuntimeClient client = Clients.blocking(emulator.uri());
    private final SageMakerRuntimeHttp2AsyncClient duplex = Clients.duplex(emulator.uri());

    @AfterEach
    void close() {
        client.close();
        duplex.close();
        emulator.close();
        List.of(one, two).forEach(NamedContainer::close);
        echo.close();
    }

    @Test
    void callsAreThrottledAsOftenAsAskedFor() {
        endpoints.put("e", one.uri());
        endpoints.faults("e").throttle(Operation.INVOKE, 2);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> invoke("x"))
                    .isInstanceOfSatisfying(
                            AwsServiceException.class,
                            e -> assertThat(e.isThrottlingException()).isTrue());
        }
        assertThat(invoke("x").body().asUtf8String()).isEqualTo("one");
        assertThat(endpoints.faults("e").isSpent()).isTrue();
    }

    @Test
    void theModelFailsOrIsNotReady() {
        endpoints.put("e", one.uri());
        endpoints
                .faults("e")
                .failModel(Operation.INVOKE, 1, 500, "out of memory")
                .notReady(Operation.INVOKE, 1);

        assertThatThrownBy(() -> invoke("x"))
                .isInstanceOfSatisfying(
                        ModelErrorException.class,
                        e -> assertThat(e.originalMessage()).isEqualTo("out of memory"));
        assertThatThrownBy(() -> invoke("x")).isInstanceOf(ModelNotReadyException.class);
        assertThat(invoke("x").body().asUtf8String()).isEqualTo("one");
    }

    @Test
    void streamsAreCutOffInEachWay() throws Exception {
        endpoints.put("e", echo.uri());
        var faults = endpoints.faults("e");
        faults.cut(Operation.BIDIRECTIONAL_STREAM, 1, 2, StreamEnd.IN_ORDER)
                .cut(Operation.BIDIRECTIONAL_STREAM, 1, 0, StreamEnd.MODEL_STREAM_ERROR)
                .cut(Operation.BIDIRECTIONAL_STREAM, 1, 1, StreamEnd.THROTTLED);

        Duplex inOrder = talk(3);
        assertThat(List.of(inOrder.takeText(), inOrder.takeText())).containsExactly("0", "1");
        inOrder.done.get(60, TimeUnit.SECONDS);
        assertThat(inOrder.received).isEmpty();

        assertThat(failure(talk(1))).isInstanceOf(ModelStreamErrorException.class);

        Duplex throttled = talk(2);
        assertThat(throttled.takeText()).isEqualTo("0");
        assertThat(failure(throttled)).hasMessageContaining("Rate exceeded");

        Duplex whole = talk(1);
        assertThat(whole.takeText()).isEqualTo("0");
        whole.end();
        whole.done.get(60, TimeUnit.SECONDS);
    }

    @Test
    void aCallMayNotBeOffered() throws Exception {
        endpoints.put("e", echo.uri());
        endpoints.faults("e").without(Operation.BIDIRECTIONAL_STREAM);

        var stream = new Duplex(duplex, "e");
        assertThat(failure(stream))
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.statusCode()).isEqualTo(404));

        endpoints.faults("e").with(Operation.BIDIRECTIONAL_STREAM);
        assertThat(talk(1).takeText()).isEqualTo("0");
    }

    @Test
    void anEndpointScaledToZeroRefusesUntilItHasWokenUp() throws Exception {
        endpoints.scaleToZero("e", Duration.ZERO, List.of(one.uri()));

        assertThatThrownBy(() -> invoke("x"))
                .isInstanceOf(ValidationErrorException.class)
                .hasMessageContaining("has no capacity to process this request");
        assertThat(invoke("x").body().asUtf8String()).isEqualTo("one");

        endpoints.scaleToZero("e", Duration.ofDays(1), List.of(one.uri()));
        for (int i = 0; i < 2; i++) {
            assertThat(failure(new Duplex(duplex, "e")))
                    .isInstanceOf(InputValidationErrorException.class)
                    .hasMessageContaining("has no capacity");
        }
    }

    @Test
    void callsAreSpreadOverInstances() {
        for (Routing routing : Routing.values()) {
            endpoints.put("e", routing, List.of(one.uri(), two.uri()));
            Set<String> answered = new HashSet<>();
            for (int i = 0; i < CALLS; i++) {
                answered.add(invoke("x").body().asUtf8String());
            }
            if (routing == Routing.RANDOM) {
                assertThat(answered).containsExactlyInAnyOrder("one", "two");
            }
        }
        var instances = new Instances(List.of(one.uri(), two.uri()), Routing.LEAST_OUTSTANDING_REQUESTS, 1);
        var first = instances.next().use();
        assertThat(instances.next().container()).isEqualTo(two.uri());
        first.end();
        first.end();
        assertThat(instances.next().outstanding()).isZero();
    }

    @Test
    void aSessionSticksToTheInstanceThatOpenedIt() {
        endpoints.put("e", Routing.RANDOM, List.of(one.uri(), two.uri()));
        InvokeEndpointResponse opened = client.invokeEndpoint(request ->
                request.endpointName("e").sessionId(EndpointTable.NEW_SESSION).body(SdkBytes.fromUtf8String("x")));
        assertThat(opened.newSessionId()).contains("; Expires=");
        String session = opened.newSessionId().split(";", 2)[0];

        for (int i = 0; i < CALLS; i++) {
            assertThat(inSession(session)).isEqualTo(opened.body().asUtf8String());
        }
        endpoints.put("e", two.uri());
        assertThatThrownBy(() -> inSession(session))
                .isInstanceOf(ValidationErrorException.class)
                .hasMessageContaining(session);
    }

    private String inSession(String session) {
        return client.invokeEndpoint(
                        request -> request.endpointName("e").sessionId(session).body(SdkBytes.fromUtf8String("x")))
                .body()
                .asUtf8String();
    }

    private InvokeEndpointResponse invoke(String body) {
        return client.invokeEndpoint(request -> request.endpointName("e").body(SdkBytes.fromUtf8String(body)));
    }

    private Duplex talk(int messages) {
        var stream = new Duplex(duplex, "e");
        for (int i = 0; i < messages; i++) {
            stream.text(String.valueOf(i));
        }
        return stream;
    }

    private static Throwable failure(Duplex stream) throws Exception {
        try {
            stream.done.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        }
        throw new AssertionError("no failure");
    }
}
