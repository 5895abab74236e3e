package io.wanspec.functions.link;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.wanspec.emulator.sagemaker.SageMakerEmulator;
import io.wanspec.emulator.sagemaker.SageMakerSettings;
import io.wanspec.emulator.toy.ToyContainer;
import io.wanspec.emulator.toy.ToyLanguage;
import io.wanspec.emulator.toy.ToyTarget;
import io.wanspec.functions.Stage;
import io.wanspec.functions.flow.BoundedPublisher;
import io.wanspec.functions.settings.EndpointAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sagemakerruntimehttp2.model.InvokeEndpointWithBidirectionalStreamRequest;
import software.amazon.awssdk.services.sagemakerruntimehttp2.model.InvokeEndpointWithBidirectionalStreamResponseHandler;
import software.amazon.awssdk.services.sagemakerruntimehttp2.model.RequestStreamEvent;

/** Clients are closed while a connection of theirs is idle: whichever thread has it, closing need not be given up. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class ClientsCloseTest {
    /** Connections get their threads in turn, and so do those who close them. */
    private static final int ROUNDS = 12;

    @Test
    void whoeverHasTheIdleConnectionItIsClosed() throws Exception {
        assertThat(complaints(ClientsCloseTest::closeWithAnIdleConnection)).isEmpty();
    }

    private static void closeWithAnIdleConnection() throws Exception {
        try (var sageMaker = SageMakerEmulator.open(SageMakerSettings.onPort(0));
                var container = ToyContainer.of(new ToyTarget(ToyLanguage.identity("toy-target", 'a'), 0))) {
            sageMaker.endpoints().put("target", container.uri());
            var endpoint = new EndpointAddress("us-east-1", "target", sageMaker.uri());
            for (int round = 0; round < ROUNDS; round++) {
                try (var clients = new SageMakerClients(
                        new PlaceAccess(Stage.CREDENTIALS, null), 4, SageMakerClients.IDLE_CONNECTION_KEPT)) {
                    connect(clients, endpoint);
                }
            }
        }
    }

    /** By a stream that ends at once; whatever is said of it, its connection stays. */
    private static void connect(SageMakerClients clients, EndpointAddress endpoint) {
        var nothing = new BoundedPublisher<RequestStreamEvent>(1, () -> {});
        nothing.complete();
        clients.duplex(endpoint)
                .invokeEndpointWithBidirectionalStream(
                        InvokeEndpointWithBidirectionalStreamRequest.builder()
                                .endpointName(endpoint.name())
                                .build(),
                        nothing,
                        InvokeEndpointWithBidirectionalStreamResponseHandler.builder()
                                .subscriber(InvokeEndpointWithBidirectionalStreamResponseHandler.Visitor.builder()
                                        .build())
                                .build())
                .handle((_, _) -> true)
                .join();
    }

    private interface Work {
        void run() throws Exception;
    }

    /** What the SDK's network client has to say meanwhile that is an error. */
    private static List<String> complaints(Work work) throws Exception {
        Logger network = (Logger) LoggerFactory.getLogger("software.amazon.awssdk.http.nio.netty");
        var appender = new ListAppender<ILoggingEvent>();
        appender.start();
        network.addAppender(appender);
        try {
            work.run();
        } finally {
            network.detachAppender(appender);
        }
        return appender.list.stream()
                .filter(event -> event.getLevel() == Level.ERROR)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
