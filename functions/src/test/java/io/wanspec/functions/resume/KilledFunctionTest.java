package io.wanspec.functions.resume;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SamplingRules;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.grammar.Grammar;
import io.wanspec.contracts.request.Mode;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.controller.Place;
import io.wanspec.controller.Worker;
import io.wanspec.emulator.toy.ToyLanguage;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.session.Continuation;
import io.wanspec.functions.session.LinkTerms;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.session.SessionSink;
import io.wanspec.functions.session.Sessions;
import io.wanspec.functions.settings.ServingLimits;
import io.wanspec.functions.settings.StoreSettings;
import io.wanspec.functions.store.Claim;
import io.wanspec.functions.store.SessionRecord;
import io.wanspec.functions.store.SessionStatus;
import io.wanspec.functions.store.SessionStore;
import io.wanspec.functions.table.Table;
import io.wanspec.functions.table.TableModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * A function is killed at each of its calls to the table, just before or just after it took effect; another one goes on, and is
 * killed as well. The text is the undisturbed one, and what a client was sent is the beginning of it.
 */
@Timeout(300)
final class KilledFunctionTest {
    static final ModelIdentity MODEL = ToyLanguage.identity("toy-target", 'a');
    private static final SessionId ID = new SessionId("s");
    private static final Tokens PROMPT = Tokens.of(1, 2, 4);
    private static final int TOKENS = 14;

    /** Where the stop string is complete. */
    private static final int STOPPED_TOKENS = 12;

    private static final List<Mode> MODES = List.of(Mode.values());
    private static final int DEATHS_MAX = 3;
    private static final HalvesTarget TARGET = new HalvesTarget();

    /** Longer than any session has calls. */
    private static final int CALLS_MAX = 200;

    static Stream<Arguments> sessions() {
        SamplingOptions warm = new SamplingOptions(0.8, 0, 1, 77);
        SamplingOptions greedy = SamplingOptions.greedy();
        SamplingRules onGrammar = SamplingRules.none(PROMPT.size())
                .on(Grammar.of("root ::= ([a-m] [0-9]{2} | \"xyz\" | \"(\" root \")\")*"));
        return Stream.of(
                Arguments.of(Mode.WANSPEC, warm, List.of()),
                Arguments.of(Mode.WANSPEC, new SamplingOptions(0.8, 0, 1, 78, onGrammar), List.of()),
                Arguments.of(Mode.COLOCATED, greedy, stops(greedy)),
                Arguments.of(Mode.TARGET_ONLY, warm, stops(warm)));
    }

    /** One that lies across three tokens near the end, and the beginning of one that never comes. */
    private static List<String> stops(SamplingOptions sampling) {
        List<String> pieces = pieces(sampling);
        String across = pieces.get(9) + pieces.get(10) + pieces.get(11);
        String never = pieces.get(2) + pieces.get(3) + "never";
        return List.of(across.substring(across.offsetByCodePoints(0, 1)), never);
    }

    private static List<String> pieces(SamplingOptions sampling) {
        List<String> pieces = new ArrayList<>();
        Tokens prefix = PROMPT;
        for (int i = 0; i < TOKENS; i++) {
            int token = ToyLanguage.next(prefix, sampling);
            pieces.add(HalvesTarget.piece(prefix, PROMPT.size(), token));
            prefix = prefix.plus(token);
        }
        return pieces;
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void itsSessionEndsWithTheSameText(Mode mode, SamplingOptions sampling, List<String> stops) throws Exception {
        Tries undisturbed = new Tries(mode, sampling, stops, Integer.MAX_VALUE, false);
        undisturbed.toTheEnd();
        assertThat(undisturbed.shown)
                .as("half emoji are shown whole")
                .anyMatch(piece -> piece.contains("\uD83D\uDE00"));
        assertThat(undisturbed.tokens.size()).isEqualTo(stops.isEmpty() ? TOKENS : STOPPED_TOKENS);
        int lastCall = 1;
        boolean killed = true;
        while (killed && lastCall < CALLS_MAX) {
            killed = false;
            for (boolean after : List.of(false, true)) {
                var tries = new Tries(mode, sampling, stops, lastCall, after);
                tries.toTheEnd();
                assertThat(tries.shown).as("killed at call %d", lastCall).isEqualTo(undisturbed.shown);
                assertThat(tries.tokens).isEqualTo(undisturbed.tokens);
                killed |= tries.deaths > 0;
            }
            lastCall++;
        }
        assertThat(lastCall).as("there are several calls to be killed at").isGreaterThan(4);
    }

    /** One session, from function to function. */
    private static final class Tries {
        private final TestTime time = new TestTime(Instant.parse("2026-11-01T12:00:00Z"));
        private final Table table = new TableModel(time);
        private final Mode mode;
        private final SamplingOptions sampling;
        private final List<String> stops;
        private final int lastCall;
        private final boolean after;
        private List<String> shown = List.of();
        private Tokens tokens = Tokens.none();
        private int deaths;

        Tries(Mode mode, SamplingOptions sampling, List<String> stops, int lastCall, boolean after) {
            this.mode = mode;
            this.sampling = sampling;
            this.stops = stops;
            this.lastCall = lastCall;
            this.after = after;
        }

        void toTheEnd() throws Exception {
            List<List<String>> sent = new ArrayList<>();
            while (shown.isEmpty()) {
                boolean lives = deaths >= DEATHS_MAX;
                var mortal = new MortalTable(table, lives ? Integer.MAX_VALUE : lastCall, after);
                sent.add(run(mortal));
                if (mortal.isDead()) {
                    deaths++;
                    time.pass(Duration.ofSeconds(11));
                }
                finished();
            }
            for (List<String> pieces : sent) {
                assertThat(shown.subList(0, Math.min(pieces.size(), shown.size())))
                        .as("what a client was sent")
                        .isEqualTo(pieces);
            }
        }

        /** @return what this function's client was sent, recorded pieces first */
        private List<String> run(MortalTable mortal) throws Exception {
            var client = new Client(mortal);
            var settings = new StoreSettings(
                    "eu-west-1", null, "t", Duration.ofHours(1), false, Duration.ofNanos(1), 1_000_000);
            var store = new SessionStore(mortal, settings, time);
            try (store;
                    var sessions = new Sessions(
                            ServingLimits.defaults(), TARGET, TARGET, TARGET, () -> List.of(store.recorder()))) {
                SessionRequest request = request(store, client);
                if (request != null) {
                    try (var admission = sessions.admit()) {
                        admission.start(request, client);
                        client.end.get(60, TimeUnit.SECONDS);
                        store.awaitWritten(ID, Duration.ofSeconds(60));
                    }
                }
            } catch (SdkClientException killed) {
                assertThat(mortal.isDead()).isTrue();
            }
            return client.pieces;
        }

        private @Nullable SessionRequest request(SessionStore store, Client client) {
            return switch (deaths == 0 ? new Claim.Unknown() : store.claim(ID)) {
                case Claim.Taken(var record) -> {
                    client.pieces.addAll(record.shown());
                    var lease = record.head().lease();
                    // What drafts, and whether at all, may be another each time.
                    Mode other = MODES.get((MODES.indexOf(mode) + deaths) % MODES.size());
                    yield request(
                            other, new Continuation(record.progress(), lease.owner(), lease.fence(), lease.until()));
                }
                case Claim.Unknown unknown -> request(mode, Continuation.fresh());
                case Claim.Ended ended -> null;
                case Claim.Held held -> throw new AssertionError("the lease outlives its function");
            };
        }

        private SessionRequest request(Mode now, Continuation continuation) {
            Speculation speculation = switch (now) {
                case WANSPEC -> Speculation.defaults();
                case COLOCATED -> Speculation.colocated(OptionalInt.of(2));
                case TARGET_ONLY -> Speculation.targetOnly();
            };
            return new SessionRequest(
                    new GenerationRequest(ID, PROMPT, sampling, TOKENS, stops),
                    speculation,
                    MODEL,
                    List.of(new Worker(
                            new WorkerId("w"), now == Mode.COLOCATED ? Place.BUSY_REGION : Place.DRAFT_REGION)),
                    new LinkTerms(ProtocolVersion.CURRENT, Map.of(), null),
                    Account.nobody(),
                    System.nanoTime(),
                    continuation);
        }

        private void finished() {
            var settings = new StoreSettings("eu-west-1", null, "t", Duration.ofHours(1), false, Duration.ofMillis(1));
            try (var reader = new SessionStore(table, settings, time)) {
                SessionRecord record = reader.find(ID).orElse(null);
                if (record != null && record.status() != SessionStatus.RUNNING) {
                    assertThat(record.status()).isEqualTo(SessionStatus.FINISHED);
                    shown = record.shown();
                    tokens = record.committed();
                }
            }
        }
    }

    /** Hears nothing more from a function that is dead. */
    private static final class Client implements SessionSink {
        private final MortalTable mortal;
        private final List<String> pieces = new ArrayList<>();
        private final CompletableFuture<SessionOutcome> end = new CompletableFuture<>();

        Client(MortalTable mortal) {
            this.mortal = mortal;
        }

        @Override
        public boolean text(List<String> more) {
            if (mortal.isDead()) {
                return false;
            }
            pieces.addAll(more);
            return true;
        }

        @Override
        public void ended(SessionOutcome outcome) {
            end.complete(outcome);
        }
    }
}
