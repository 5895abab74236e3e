package io.wanspec.functions.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.Reply;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A stream that is closed, at whatever moment, leaves the next call alone, which waits for the one connection meanwhile.
 * Closed through the SDK's future, one stream in a hundred took the next call's connection with it.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class NeighbourTest {
    /** More find more: {@code -Dwanspec.rounds=5000}. */
    private static final int ROUNDS = Integer.getInteger("wanspec.rounds", 250);

    private static final int TOKENS = 3;
    private static final Reply TOKENIZED = new Reply.Tokenized(Tokens.of(5, 6));
    private static final Invocation.Tokenize TOKENIZE = new Invocation.Tokenize(null, "x");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private ScriptedServer server;
    private TestClients clients;
    private volatile long headNanos;
    private volatile long endNanos;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer(this::serve);
        clients = TestClients.of(server);
    }

    @AfterEach
    void stop() throws IOException {
        clients.close();
        server.close();
        threads.close();
    }

    @Test
    void closedWhenItsTextHasEnded() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            endNanos = (round % 5) * 40_000L;
            closeAfter(TOKENS, TOKENS, (round % 100) * 3_000L);
        }

        assertThat(server.requests).as("nothing went out twice").hasValue(2 * ROUNDS);
        assertThat(server.connections).as("the stream was left to end").hasValue(1);
    }

    @Test
    void closedForAnotherReasonJustBeforeItsEnd() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            endNanos = (round % 5) * 40_000L;
            closeAfter(TOKENS, TOKENS + 1, (round % 100) * 3_000L);
        }

        assertThat(server.requests).as("nothing went out twice").hasValue(2 * ROUNDS);
    }

    @Test
    void closedInTheMiddleOrBeforeItsHead() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            headNanos = (round % 7) * 50_000L;
            closeAfter(round % TOKENS, TOKENS, (round % 100) * 3_000L);
        }

        assertThat(server.requests).as("nothing went out twice").hasValue(2 * ROUNDS);
    }

    /** A call that waits for the connection while a stream has it gets its answer, whenever the stream is closed. */
    private void closeAfter(int tokens, int maxTokens, long nanos) throws Exception {
        var heard = new Heard();
        var request = new Invocation.Generate(Tokens.of(1), SamplingOptions.greedy(), maxTokens);
        var stream = clients.generations().open(request, heard);
        var neighbour =
                CompletableFuture.supplyAsync(() -> clients.calls().tokenize(clients.endpoint(), TOKENIZE), threads);
        for (int i = 0; i < tokens; i++) {
            assertThat(heard.next()).isEqualTo(" w" + i);
        }
        spin(nanos);
        stream.close();
        assertThat(neighbour.get(10, TimeUnit.SECONDS)).isEqualTo(TOKENIZED);
    }

    private void serve(ScriptedServer.Connection connection) throws IOException {
        while (true) {
            if (connection.read().isStream()) {
                stream(connection);
            } else {
                connection.send(Wire.whole(TOKENIZED));
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

    private static void spin(long nanos) {
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }
}
