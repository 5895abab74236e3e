package io.wanspec.functions.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.Reply;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Generations at a model server that is too busy to begin any of them. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class ConnectionPoolsTest {
    private static final Reply TOKENIZED = new Reply.Tokenized(Tokens.of(5, 6));
    private static final Invocation.Generate GENERATE =
            new Invocation.Generate(Tokens.of(1), SamplingOptions.greedy(), 2);

    /** One has the connection, two wait. */
    private static final int GENERATIONS_MAX = 3;

    @Test
    void theyLeaveShortCallsTheirConnectionAndOneTooManyIsToldWhy() throws Exception {
        try (var server = new ScriptedServer(ConnectionPoolsTest::serve);
                var clients = TestClients.of(server)) {
            for (int i = 0; i < GENERATIONS_MAX; i++) {
                clients.generations().open(GENERATE, new Heard());
            }
            var oneTooMany = new Heard();
            clients.generations().open(GENERATE, oneTooMany);

            assertThat(oneTooMany.next()).contains(FailureKind.BUSY.words());
            assertThat(tokenized(clients)).isEqualTo(TOKENIZED);
        }
    }

    private static Reply tokenized(TestClients clients) {
        return clients.calls().tokenize(clients.endpoint(), new Invocation.Tokenize(null, "x"));
    }

    private static void serve(ScriptedServer.Connection connection) throws IOException {
        while (true) {
            if (connection.read().isStream()) {
                connection.awaitFirstByte();
            } else {
                connection.send(Wire.whole(TOKENIZED));
            }
        }
    }
}
