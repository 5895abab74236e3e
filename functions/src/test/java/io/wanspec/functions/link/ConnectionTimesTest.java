package io.wanspec.functions.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class ConnectionTimesTest {
    private static final Reply TOKENIZED = new Reply.Tokenized(Tokens.of(5, 6));
    private static final Invocation.Tokenize TOKENIZE = new Invocation.Tokenize(null, "x");

    /** How long the server below keeps a connection that nobody uses. */
    private static final Duration PEER_KEEPS = Duration.ofSeconds(2);

    @Test
    void anIdleConnectionIsClosedHereBeforeAPeerClosesItAndKeptFromOneQuestionToTheNext() {
        assertThat(SageMakerClients.IDLE_CONNECTION_KEPT)
                .isLessThan(Duration.ofSeconds(60))
                .isGreaterThan(ProbePauses.GOOD);
    }

    @Test
    void aConnectionThatIsKeptShorterThanThePeerKeepsItIsNeverFoundClosed() throws Exception {
        assertThat(goneOutAgain(Duration.ofMillis(300))).isZero();
    }

    /** Where the peer is quicker than assumed. */
    @Test
    void aCallIsAnsweredAlthoughThePeerClosesFirst() throws Exception {
        assertThat(goneOutAgain(SageMakerClients.IDLE_CONNECTION_KEPT)).isBetween(0L, 1L);
    }

    private static long goneOutAgain(Duration idleKept) throws Exception {
        try (var server = new ScriptedServer(ConnectionTimesTest::answerUntilIdle);
                var clients = TestClients.of(server, idleKept)) {
            tokenize(clients);
            Thread.sleep(PEER_KEEPS);
            tokenize(clients);
            assertThat(server.connections).hasValueGreaterThan(1);
            return clients.clients().freshMade();
        }
    }

    private static void tokenize(TestClients clients) {
        assertThat(clients.calls().tokenize(clients.endpoint(), TOKENIZE)).isEqualTo(TOKENIZED);
    }

    private static void answerUntilIdle(ScriptedServer.Connection connection) throws IOException {
        connection.hangUpAfter(PEER_KEEPS);
        while (true) {
            connection.read();
            connection.send(Wire.whole(TOKENIZED));
        }
    }
}
