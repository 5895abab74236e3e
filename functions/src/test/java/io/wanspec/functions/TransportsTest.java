package io.wanspec.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.emulator.sagemaker.Operation;
import io.wanspec.emulator.sagemaker.Routing;
import io.wanspec.emulator.toy.ToyContainer;
import io.wanspec.emulator.toy.ToyDraft;
import io.wanspec.emulator.toy.ToyLanguage;
import io.wanspec.emulator.toy.ToyTarget;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One text over every transport, whichever instance is reached, and whatever becomes of it. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class TransportsTest {
    private static final List<String> ENDPOINTS = List.of("target", "remote", "busy");
    private static final int SEEDS = 8;
    private static final int TOKENS = 60;

    private final List<ToyContainer> more = new ArrayList<>();
    private Stage stage;
    private Asked asked;

    @BeforeEach
    void start() throws Exception {
        stage = new Stage(Map.of()).ready();
        asked = new Asked(stage);
    }

    @AfterEach
    void stop() {
        stage.close();
        more.forEach(ToyContainer::close);
    }

    @Test
    void theSameRequestsGiveTheSameTextOverBoth() throws Exception {
        List<JsonNode> streams = ledgers();
        withoutStreams();
        List<JsonNode> calls = ledgers();

        for (int i = 0; i < SEEDS; i++) {
            JsonNode alone = asked.ledger("target-only", TOKENS, i);
            assertThat(streams.get(i).at("/tokenIds")).isEqualTo(alone.at("/tokenIds"));
            assertThat(calls.get(i).at("/tokenIds")).isEqualTo(alone.at("/tokenIds"));
            assertThat(calls.get(i).at("/text")).isEqualTo(alone.at("/text"));
        }
        assertRemoteDraftsCome();
    }

    /** On a machine that is busy a session may well decide to do without; the next one need not. */
    private void assertRemoteDraftsCome() throws Exception {
        JsonNode ledger;
        int seed = SEEDS;
        do {
            ledger = asked.ledger("wanspec", TOKENS, seed++);
        } while (ledger.at("/remoteDraftPasses").asInt() == 0);
        assertThat(ledger.at("/wanBytes").asLong()).isPositive();
    }

    @Test
    void noCallKeepsAnythingOpen() throws Exception {
        withoutStreams();
        ledgers();

        assertThat(LifecycleTest.eventually(
                        () -> stage.target.open.get() + stage.remote.open.get() + stage.busy.open.get() == 0))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anyOfSeveralInstancesMayBeReached(boolean streams) throws Exception {
        if (!streams) {
            withoutStreams();
        }
        stage.sageMaker.endpoints().put("target", Routing.RANDOM, containers(3));
        stage.sageMaker.endpoints().put("remote", Routing.LEAST_OUTSTANDING_REQUESTS, drafts(2));

        for (int seed = 0; seed < SEEDS; seed++) {
            assertThat(asked.ledger("wanspec", TOKENS, seed).at("/tokenIds"))
                    .isEqualTo(asked.ledger("target-only", TOKENS, seed).at("/tokenIds"));
        }
    }

    @Test
    void aRoundThatReachesAnInstanceWithoutThePrefixBringsIt() throws Exception {
        withoutStreams();
        String undisturbed = asked.ledger("target-only", 400, 3).at("/text").asText();

        List<String> lines =
                asked.stream(400, 3, () -> stage.sageMaker.endpoints().put("target", Routing.RANDOM, containers(2)));

        assertThat(lines).contains("data: [DONE]");
        assertThat(Asked.text(lines)).isEqualTo(undisturbed);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNewVersionIsNeverMixedIntoASessionAndServesTheNext(boolean streams) throws Exception {
        if (!streams) {
            withoutStreams();
        }
        String undisturbed = asked.ledger("target-only", 300, 9).at("/text").asText();
        var next = new ToyTarget(
                new ModelIdentity(
                        Stage.MODEL,
                        "a".repeat(64),
                        "c".repeat(64),
                        ToyLanguage.identity(Stage.MODEL, 'a').vocabulary(),
                        ToyLanguage.CONTEXT),
                1);

        List<String> lines = asked.stream(300, 9, () -> stage.replace("target", next));

        String text = Asked.text(lines);
        assertThat(undisturbed).startsWith(text);
        if (!lines.contains("data: [DONE]")) {
            assertThat(String.join("", lines)).contains("now serves other weights");
        }
        assertThat(LifecycleTest.eventually(() -> asked.post("wanspec", 10, 1).statusCode() == 200))
                .isTrue();
        assertThat(next.passes.get()).isPositive();
    }

    private List<JsonNode> ledgers() throws Exception {
        List<JsonNode> all = new ArrayList<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            all.add(asked.ledger(seed % 4 == 3 ? "colocated" : "wanspec", TOKENS, seed));
        }
        return all;
    }

    private void withoutStreams() {
        for (String endpoint : ENDPOINTS) {
            stage.sageMaker.endpoints().faults(endpoint).without(Operation.BIDIRECTIONAL_STREAM);
        }
    }

    private List<URI> containers(int count) {
        List<URI> uris = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            more.add(ToyContainer.of(new ToyTarget(ToyLanguage.identity(Stage.MODEL, 'a'), 1)));
            uris.add(more.getLast().uri());
        }
        return uris;
    }

    private List<URI> drafts(int count) {
        List<URI> uris = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            more.add(ToyContainer.of(new ToyDraft(ToyLanguage.identity("toy-draft", 'a'), 1)));
            uris.add(more.getLast().uri());
        }
        return uris;
    }
}
