package io.wanspec.emulator.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.emulator.wan.WanLink;
import io.wanspec.emulator.wan.WanProfile;
import io.wanspec.emulator.wan.WanSettings;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.SdkBytes;

/** Two regions and the network between them, with the real SDK on one side and containers on the other. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AcrossTheWanTest {
    private static final Duration RTT = Duration.ofMillis(30);

    private final TestContainer target = new TestContainer();
    private final TestContainer draft = new TestContainer();
    private final SageMakerEmulator busyRegion = SageMakerEmulator.open(SageMakerSettings.onPort(0));
    private final SageMakerEmulator draftRegion = SageMakerEmulator.open(SageMakerSettings.onPort(0));
    private final WanLink wan =
            WanLink.open(WanSettings.of(draftRegion.uri(), new WanProfile(RTT, Duration.ofMillis(1), 0), 1));

    AcrossTheWanTest() {
        busyRegion.endpoints().put("target", target.uri());
        draftRegion.endpoints().put("draft", draft.uri());
    }

    @AfterAll
    void close() {
        wan.close();
        draftRegion.close();
        busyRegion.close();
        target.close();
        draft.close();
    }

    @Test
    void streamsCrossTheNetworkInOrderAndTakeItsTime() throws Exception {
        try (var client = Clients.duplex(wan.uri())) {
            var stream = new Duplex(client, "draft");
            stream.text("warm");
            stream.take();
            long bytesBefore = wan.counts().toDestinationBytes();
            for (int i = 0; i < 5; i++) {
                long begin = System.nanoTime();
                stream.text("round " + i);
                assertThat(stream.takeText()).isEqualTo("round " + i);
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(RTT);
            }
            assertThat(wan.counts().toDestinationBytes()).isGreaterThan(bytesBefore);
            for (int i = 0; i < 500; i++) {
                stream.text("frame " + i);
            }
            for (int i = 0; i < 500; i++) {
                assertThat(stream.takeText()).isEqualTo("frame " + i);
            }
            stream.end();
            stream.done.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void aCutBreaksTheStreamAndHealingAllowsAnother() throws Exception {
        try (var client = Clients.duplex(wan.uri())) {
            var stream = new Duplex(client, "draft");
            stream.text("hello");
            stream.take();
            wan.cut();
            assertThatThrownBy(() -> stream.done.get(60, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
            wan.heal();
            var second = new Duplex(client, "draft");
            second.text("again");
            assertThat(second.takeText()).isEqualTo("again");
            second.end();
            second.done.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void theBusyRegionIsNear() throws Exception {
        try (var client = Clients.blocking(busyRegion.uri())) {
            assertThat(client.invokeEndpoint(
                                    request -> request.endpointName("target").body(SdkBytes.fromUtf8String("echo")))
                            .body()
                            .asUtf8String())
                    .isEqualTo("echo");
        }
    }
}
