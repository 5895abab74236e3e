package io.wanspec.functions.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.invoke.Invocation;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A stream that is closed, at whatever moment, leaves the next one alone, which waits for the one connection meanwhile.
 * Closed through the SDK's future, one stream in a hundred took the next one's connection with it. Such a loss can
 * hide: the next one goes out again. So what went out again is counted too.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class NeighbourTest extends OneConnection {
    /** More find more: {@code -Dwanspec.rounds=5000}. */
    private static final int ROUNDS = Integer.getInteger("wanspec.rounds", 250);

    private static final int TOKENS = 3;
    private static final String WHOLE = " w0 w1 w2" + Heard.ENDED;

    /** One for each request to the endpoint that never answers. */
    private final Semaphore silent = new Semaphore(0);

    private volatile long headNanos;
    private volatile long endNanos;

    /** Two calls that are a pool's first, at once, may get a connection each. */
    @BeforeEach
    void openTheConnection() throws Exception {
        var heard = new Heard();
        clients.generations().open(request(TOKENS), heard);
        assertThat(heard.rest()).isEqualTo(WHOLE);
        server.requests.set(0);
    }

    @Test
    void closedWhenItsTextHasEnded() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            endNanos = (round % 5) * 40_000L;
            closeAfter(TOKENS, TOKENS, (round % 100) * 3_000L);
        }

        assertNothingWentOutTwice();
        assertThat(server.connections).as("the stream was left to end").hasValue(1);
    }

    @Test
    void closedForAnotherReasonJustBeforeItsEnd() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            endNanos = (round % 5) * 40_000L;
            closeAfter(TOKENS, TOKENS + 1, (round % 100) * 3_000L);
        }

        assertNothingWentOutTwice();
    }

    @Test
    void closedInTheMiddle() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            closeAfter(1 + round % (TOKENS - 1), TOKENS, (round % 100) * 3_000L);
        }

        assertNothingWentOutTwice();
    }

    /** The server hears of it: it would wait for ever otherwise, and the next one for its connection. */
    @Test
    void closedBeforeItsHead() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var heard = new Heard();
            var stream = clients.generationsAt(SILENT).open(request(TOKENS), heard);
            silent.acquire();
            var neighbour = new Heard();
            clients.generations().open(request(TOKENS), neighbour);
            spin((round % 100) * 3_000L);
            stream.close();
            assertThat(neighbour.rest()).isEqualTo(WHOLE);
            assertThat(heard.nothingMore()).isTrue();
        }

        assertNothingWentOutTwice();
    }

    /** Here one in many may go out again, since nobody has seen a token of it; whole it is in any case. */
    @Test
    void closedWhenItsWholeAnswerComes() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            headNanos = (round % 7) * 50_000L;
            closeAfter(0, TOKENS, (round % 100) * 3_000L);
        }
    }

    private void assertNothingWentOutTwice() {
        assertThat(clients.clients().freshMade()).as("went out again").isZero();
        assertThat(server.requests).hasValue(2 * ROUNDS);
    }

    /** A generation that waits for the connection while a stream has it is whole, whenever the stream is closed. */
    private void closeAfter(int tokens, int maxTokens, long nanos) throws Exception {
        var heard = new Heard();
        var stream = clients.generations().open(request(maxTokens), heard);
        var neighbour = new Heard();
        clients.generations().open(request(TOKENS), neighbour);
        for (int i = 0; i < tokens; i++) {
            assertThat(heard.next()).isEqualTo(" w" + i);
        }
        spin(nanos);
        stream.close();
        assertThat(neighbour.rest()).isEqualTo(WHOLE);
    }

    private static Invocation.Generate request(int maxTokens) {
        return new Invocation.Generate(Tokens.of(1), SamplingOptions.greedy(), maxTokens);
    }

    @Override
    void serve(ScriptedServer.Connection connection) throws IOException {
        while (true) {
            if (isFor(SILENT, connection.read().path())) {
                silent.release();
                connection.awaitFirstByte();
            } else {
                stream(connection);
            }
        }
    }

    private void stream(ScriptedServer.Connection connection) throws IOException {
        spin(headNanos);
        connection.send(Wire.streamHead());
        for (int i = 0; i < TOKENS; i++) {
            connection.send(Wire.token(i));
        }
        spin(endNanos);
        connection.send(Wire.streamEnd());
    }
}
