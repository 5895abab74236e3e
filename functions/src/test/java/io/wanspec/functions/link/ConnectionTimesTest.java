package io.wanspec.functions.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class ConnectionTimesTest {
    private static final Reply TOKENIZED = new Reply.Tokenized(Tokens.of(5, 6));
    private static final Invocation.Tokenize TOKENIZE = new Invocation.Tokenize(null, "x");

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(1);

    /** Connections that have ended, by whichever side. */
    private final Semaphore ended = new Semaphore(0);

    @Test
    void anIdleConnectionIsClosedHereBeforeAPeerClosesItAndKeptFromOneQuestionToTheNext() {
        assertThat(SageMakerClients.IDLE_CONNECTION_KEPT)
                .isLessThan(Duration.ofSeconds(60))
                .isGreaterThan(ProbePauses.GOOD);
    }

    @Test
    void aConnectionThatIsKeptShorterThanThePeerKeepsItIsNeverFoundClosed() throws Exception {
        assertThat(goneOutAgain(SHORT, LONG)).isZero();
    }

    /** Where the peer is quicker than assumed. */
    @Test
    void aCallIsAnsweredAlthoughThePeerClosesFirst() throws Exception {
        assertThat(goneOutAgain(SageMakerClients.IDLE_CONNECTION_KEPT, SHORT)).isBetween(0L, 1L);
    }

    /** @param here how long a connection is kept that nobody uses, and by the peer {@code there} */
    private long goneOutAgain(Duration here, Duration there) throws Exception {
        try (var server = new ScriptedServer(connection -> answerUntilIdle(connection, there));
                var clients = TestClients.of(server, here)) {
            tokenize(clients);
            ended.acquire();
            tokenize(clients);
            assertThat(server.connections).hasValueGreaterThan(1);
            return clients.clients().freshMade();
        }
    }

    private static void tokenize(TestClients clients) {
        assertThat(clients.calls().tokenize(clients.endpoint(), TOKENIZE)).isEqualTo(TOKENIZED);
    }

    private void answerUntilIdle(ScriptedServer.Connection connection, Duration kept) throws IOException {
        connection.hangUpAfter(kept);
        try {
            while (true) {
                connection.read();
                connection.send(Wire.whole(TOKENIZED));
            }
        } finally {
            ended.release();
        }
    }
}
