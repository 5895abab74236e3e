package io.wanspec.local.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.local.network.LocalCloudNetwork;
import io.wanspec.local.network.NetworkSettings;
import io.wanspec.local.wan.WanProfile;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.SdkBytes;

/** The composed network, with the real SDK on one side and containers on the other. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AcrossTheWanTest {
    private static final Duration RTT = Duration.ofMillis(30);

    private final TestContainer target = new TestContainer();
    private final TestContainer draft = new TestContainer();
    private final LocalCloudNetwork network =
            LocalCloudNetwork.start(NetworkSettings.onFreePorts(new WanProfile(RTT, Duration.ofMillis(1), 0), 1));

    AcrossTheWanTest() {
        network.busyEndpoints().put("target", target.uri());
        network.draftEndpoints().put("draft", draft.uri());
    }

    @AfterAll
    void close() {
        network.close();
        target.close();
        draft.close();
    }

    @Test
    void streamsCrossTheNetworkInOrderAndTakeItsTime() throws Exception {
        try (var client = Clients.duplex(network.draftSageMaker())) {
            var stream = new Duplex(client, "draft");
            stream.text("warm");
            stream.take();
            long bytesBefore = network.wan().counts().toDestinationBytes();
            for (int i = 0; i < 5; i++) {
                long begin = System.nanoTime();
                stream.text("round " + i);
                assertThat(stream.takeText()).isEqualTo("round " + i);
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(RTT);
            }
            assertThat(network.wan().counts().toDestinationBytes()).isGreaterThan(bytesBefore);
            for (int i = 0; i < 500; i++) {
                stream.text("frame " + i);
            }
            for (int i = 0; i < 500; i++) {
                assertThat(stream.takeText()).isEqualTo("frame " + i);
            }
            stream.end();
            stream.done.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aCutBreaksTheStreamAndHealingAllowsAnother() throws Exception {
        try (var client = Clients.duplex(network.draftSageMaker())) {
            var stream = new Duplex(client, "draft");
            stream.text("hello");
            stream.take();
            network.wan().cut();
            assertThatThrownBy(() -> stream.done.get(20, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
            network.wan().heal();
            var second = new Duplex(client, "draft");
            second.text("again");
            assertThat(second.takeText()).isEqualTo("again");
            second.end();
            second.done.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void theBusyRegionIsNear() throws Exception {
        try (var client = Clients.blocking(network.busySageMaker())) {
            assertThat(client.invokeEndpoint(
                                    request -> request.endpointName("target").body(SdkBytes.fromUtf8String("echo")))
                            .body()
                            .asUtf8String())
                    .isEqualTo("echo");
        }
    }
}
