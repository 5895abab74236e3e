package io.wanspec.functions.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ConnectionTimesTest {
    @Test
    void anIdleConnectionIsClosedHereBeforeAPeerClosesItAndKeptFromOneQuestionToTheNext() {
        assertThat(SageMakerClients.IDLE_CONNECTION_KEPT)
                .isLessThan(Duration.ofSeconds(60))
                .isGreaterThan(EndpointProbe.PAUSE_GOOD);
    }
}
