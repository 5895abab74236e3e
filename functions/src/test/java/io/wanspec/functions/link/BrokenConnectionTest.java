package io.wanspec.functions.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.Reply;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/** Connections that are closed at every point of a call: which calls go out once more, and what a client is told. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class BrokenConnectionTest {
    private static final Reply TOKENIZED = new Reply.Tokenized(Tokens.of(5, 6));
    private static final Invocation.Tokenize TOKENIZE = new Invocation.Tokenize(null, "x");
    private static final Invocation.Generate GENERATE =
            new Invocation.Generate(Tokens.of(1), SamplingOptions.greedy(), 2);

    private static SdkAsyncHttpClient threads;

    @BeforeAll
    static void holdThreads() {
        threads = TestClients.holdThreads();
    }

    @AfterAll
    static void leaveThreads() {
        threads.close();
    }

    /** Where a connection is closed. */
    enum Cut {
        BEFORE_THE_REQUEST,
        IN_THE_REQUEST,
        AFTER_THE_REQUEST,
        IN_THE_HEAD,
        AFTER_THE_HEAD,
        IN_THE_BODY;

        boolean isBeforeTheAnswer() {
            return compareTo(AFTER_THE_HEAD) < 0;
        }
    }

    @ParameterizedTest
    @EnumSource(Cut.class)
    void aCallGoesOutOnceMoreIfItsAnswerHadNotBegun(Cut cut) throws Exception {
        try (var server = new ScriptedServer(connection -> serve(connection, connection.number() == 1, cut));
                var clients = TestClients.of(server)) {
            if (cut.isBeforeTheAnswer()) {
                assertThat(clients.calls().tokenize(clients.endpoint(), TOKENIZE))
                        .isEqualTo(TOKENIZED);
                assertThat(server.connections).hasValue(2);
            } else {
                assertBroken(clients);
                assertThat(server.connections).hasValue(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Cut.class)
    void aGenerationGoesOutOnceMoreIfItHadNotBegun(Cut cut) throws Exception {
        try (var server = new ScriptedServer(connection -> serve(connection, connection.number() == 1, cut));
                var clients = TestClients.of(server)) {
            var heard = new Heard();
            clients.generations().open(GENERATE, heard);

            if (cut.isBeforeTheAnswer()) {
                assertThat(heard.next()).isEqualTo(" w0");
                assertThat(heard.next()).isEqualTo(" w1");
                assertThat(heard.next()).isEqualTo(Heard.ENDED);
            } else {
                // The SDK takes a body in chunks that is cut off for one that has ended: the session knows that it has
                // not.
                assertThat(heard.rest()).endsWith(Heard.ENDED);
                assertThat(server.connections).hasValue(1);
            }
            assertThat(heard.nothingMore()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Cut.class)
    void noCallGoesOutThrice(Cut cut) throws Exception {
        try (var server = new ScriptedServer(connection -> serve(connection, true, cut));
                var clients = TestClients.of(server)) {
            assertBroken(clients);
            var heard = new Heard();
            clients.generations().open(GENERATE, heard);
            assertThat(heard.rest()).endsWith(cut.isBeforeTheAnswer() ? "the connection broke" : Heard.ENDED);

            if (cut.compareTo(Cut.AFTER_THE_REQUEST) >= 0) {
                assertThat(server.requests).hasValue(cut.isBeforeTheAnswer() ? 4 : 2);
            }
        }
    }

    /** As a peer does that closes an idle connection just when the next request goes out. */
    @Test
    void aKeptConnectionThatIsClosedAsTheNextRequestComesIsReplaced() throws Exception {
        try (var server = new ScriptedServer(BrokenConnectionTest::answerOne);
                var clients = TestClients.of(server)) {
            for (int i = 0; i < 5; i++) {
                assertThat(clients.calls().tokenize(clients.endpoint(), TOKENIZE))
                        .isEqualTo(TOKENIZED);
            }
        }
    }

    @Test
    void anAnswerThatIsAnErrorIsNotAskedForAgain() throws Exception {
        try (var server = new ScriptedServer(connection -> {
                    while (true) {
                        connection.read();
                        connection.send(Wire.error(503, "ServiceUnavailable", "not you"));
                    }
                });
                var clients = TestClients.of(server)) {
            assertThatThrownBy(() -> clients.calls().tokenize(clients.endpoint(), TOKENIZE))
                    .hasMessage("endpoint target: it is not available now");
            var heard = new Heard();
            clients.generations().open(GENERATE, heard);
            assertThat(heard.next()).isEqualTo("endpoint target: it is not available now");
            assertThat(server.requests).hasValue(2);
        }
    }

    @Test
    void whereNobodyListensNothingGoesOutAgain() throws Exception {
        var server = new ScriptedServer(connection -> {});
        server.close();
        try (var clients = TestClients.of(server)) {
            assertThatThrownBy(() -> clients.calls().describe(clients.endpoint()))
                    .hasMessage("endpoint target: no connection could be made");
        }
    }

    @Test
    void aGenerationThatIsClosedBeforeItBeganIsNotAskedForAgain() throws Exception {
        try (var server = new ScriptedServer(connection -> serve(connection, true, Cut.IN_THE_HEAD));
                var clients = TestClients.of(server)) {
            var heard = new Heard();
            clients.generations().open(GENERATE, heard).close();
            // The next call waits for the connection, so the generation is over when it fails.
            assertBroken(clients);
            assertThat(heard.nothingMore()).isTrue();
            assertThat(server.connections.get()).isLessThanOrEqualTo(3);
        }
    }

    private static void assertBroken(TestClients clients) {
        assertThatThrownBy(() -> clients.calls().tokenize(clients.endpoint(), TOKENIZE))
                .isInstanceOf(EndpointException.class)
                .hasMessage("endpoint target: the connection broke");
    }

    private static void serve(ScriptedServer.Connection connection, boolean cuts, Cut cut) throws IOException {
        if (!cuts) {
            answerAll(connection);
            return;
        }
        switch (cut) {
            case BEFORE_THE_REQUEST -> {}
            case IN_THE_REQUEST -> connection.awaitFirstByte();
            case AFTER_THE_REQUEST -> connection.read();
            case IN_THE_HEAD -> connection.send(Arrays.copyOf(head(connection.read()), 12));
            case AFTER_THE_HEAD -> connection.send(head(connection.read()));
            case IN_THE_BODY -> {
                byte[] answer = answer(connection.read());
                connection.send(Arrays.copyOf(answer, answer.length - 3));
            }
        }
    }

    private static void answerAll(ScriptedServer.Connection connection) throws IOException {
        while (true) {
            connection.send(answer(connection.read()));
        }
    }

    private static void answerOne(ScriptedServer.Connection connection) throws IOException {
        connection.send(answer(connection.read()));
        connection.awaitFirstByte();
    }

    private static byte[] head(ScriptedServer.Request request) {
        return request.isStream() ? Wire.streamHead() : Wire.head(TOKENIZED);
    }

    private static byte[] answer(ScriptedServer.Request request) {
        return request.isStream()
                ? Wire.join(Wire.streamHead(), Wire.token(0), Wire.token(1), Wire.streamEnd())
                : Wire.whole(TOKENIZED);
    }
}
