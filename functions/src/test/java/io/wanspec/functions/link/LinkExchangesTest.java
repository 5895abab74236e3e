package io.wanspec.functions.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.LinkId;
import io.wanspec.contracts.invoke.FrameJson;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.functions.settings.EndpointAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls of links that nobody waits for any more: the endpoint hears of it, and no other call is harmed. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class LinkExchangesTest extends OneConnection {
    private static final int ROUNDS = Integer.getInteger("wanspec.rounds", 100);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String SLOW = "slow";
    private static final Reply.Exchanged ANSWER = new Reply.Exchanged(List.of(FrameJson.of(new byte[] {'{', '}'})));

    private final Semaphore asked = new Semaphore(0);
    private final Semaphore hungUp = new Semaphore(0);
    private volatile long answerNanos;

    @Test
    void oneWithoutAnAnswerInTimeIsCutOff() throws Exception {
        assertThatThrownBy(() -> at(SILENT, Duration.ofMillis(50)).call(call(), false))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TimeoutException.class);

        hungUp.acquire();
        assertThat(at("target", LONG).call(call(), false)).isEqualTo(ANSWER.frames());
    }

    @Test
    void oneOfALinkThatIsClosedIsCutOff() throws Exception {
        try (var thread = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = thread.submit(() -> at(SILENT, LONG).call(call(), false));
            asked.acquire();
            running.cancel(true);

            hungUp.acquire();
        }
        assertThat(at("target", LONG).call(call(), false)).isEqualTo(ANSWER.frames());
    }

    /** There is one connection: the second call waits for the first one's. */
    @Test
    void wheneverOneIsCutOffTheNextIsWhole() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < ROUNDS; round++) {
                answerNanos = (round % 7) * 50_000L;
                var first = threads.submit(() -> at(SLOW, LONG).call(call(), false));
                asked.acquire();
                Future<List<FrameJson>> next =
                        threads.submit(() -> at("target", LONG).call(call(), false));
                spin((round % 50) * 8_000L);
                first.cancel(true);

                assertThat(next.get()).isEqualTo(ANSWER.frames());
            }
        }
    }

    private LinkExchanges at(String endpoint, Duration patience) {
        return new LinkExchanges(
                new EndpointAddress("us-east-1", endpoint, server.uri()), clients.clients(), bytes -> {}, patience);
    }

    private static Invocation.Exchange call() {
        return new Invocation.Exchange(LinkId.fresh(), List.of());
    }

    @Override
    void serve(ScriptedServer.Connection connection) throws IOException {
        while (true) {
            String path = connection.read().path();
            if (isFor(SILENT, path)) {
                asked.release();
                connection.awaitFirstByte();
                hungUp.release();
                return;
            }
            if (isFor(SLOW, path)) {
                asked.release();
                spin(answerNanos);
            }
            connection.send(Wire.whole(ANSWER));
        }
    }
}
