package io.wanspec.functions.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class EndpointProbeTest {
    private static final int CALLERS = 16;
    private static final int ROUNDS = 5;
    private static final Duration SLOWNESS = Duration.ofMillis(300);

    @Test
    void callersThatComeTogetherShareOneQuestion() throws Exception {
        try (var server = new ScriptedServer(EndpointProbeTest::failSlowly);
                var clients = TestClients.of(server)) {
            for (int round = 1; round <= ROUNDS; round++) {
                askTogether(new EndpointProbe(clients.endpoint(), clients.calls(), () -> {}, () -> {}));
                assertThat(server.requests).hasValue(round);
            }
        }
    }

    private static void askTogether(EndpointProbe probe) {
        var together = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < CALLERS; caller++) {
                var _ = threads.submit(() -> {
                    together.await();
                    return probe.knownOrAsked();
                });
            }
            together.countDown();
        }
    }

    private static void failSlowly(ScriptedServer.Connection connection) throws IOException {
        while (true) {
            connection.read();
            LockSupport.parkNanos(SLOWNESS.toNanos());
            connection.send(Wire.error(500, "InternalFailure", "no model"));
        }
    }
}
