package io.wanspec.functions.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.emulator.toy.ToyLanguage;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.access.Ownership;
import io.wanspec.functions.session.LinkTerms;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.settings.StoreSettings;
import io.wanspec.functions.store.SessionStore;
import io.wanspec.functions.table.Change;
import io.wanspec.functions.table.ForwardingTable;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.ItemKey;
import io.wanspec.functions.table.Table;
import io.wanspec.functions.table.TableModel;
import io.wanspec.functions.table.Write;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Functions that are sent the same request under the same key, in every order of their steps and with pauses of any length between:
 * one of them begins a text.
 */
final class KeyRaceTest {
    private static final Ownership ME = Ownership.nobody();
    private static final IdempotencyKey KEY = new IdempotencyKey("once");
    private static final Instant START = Instant.parse("2126-11-02T12:00:00Z");
    private static final StoreSettings SETTINGS =
            new StoreSettings("eu-west-1", null, "t", Duration.ofHours(1), false, Duration.ofSeconds(1));

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final InstantSource source = now::get;
    private final Clock clock = source.withZone(ZoneOffset.UTC);

    @SeededTest(tries = 200)
    void oneBeginsWhateverHoldsThemUp(Random random) {
        now.set(START);
        var table = new LaggingTable(new TableModel(clock), random);
        List<Function> functions = new ArrayList<>();
        for (int i = Gen.between(random, 2, 5); i > 0; i--) {
            functions.add(new Function(table, i));
        }
        while (functions.stream().anyMatch(Function::goesOn)) {
            functions.get(random.nextInt(functions.size())).step();
            now.updateAndGet(time -> time.plusSeconds(random.nextInt(40)));
        }
        assertThat(functions).filteredOn(function -> function.begun).hasSize(1);
        functions.forEach(function -> function.records.close());
    }

    /** What a function does for a request, a call to the table a step. */
    private final class Function {
        private final IdempotencyStore keys;
        private final SessionStore records;
        private final SessionRequest session;
        private int done;
        private boolean begun;
        private @Nullable FirstRequest first;

        Function(Table table, int number) {
            keys = new IdempotencyStore(table, clock);
            records = new SessionStore(table, SETTINGS, clock);
            session = session(number);
        }

        boolean goesOn() {
            return done < 3;
        }

        void step() {
            switch (done++) {
                case 0 -> first = keys.find(ME, KEY).orElse(null);
                case 1 -> done = first != null && isAnswered(first) ? 3 : done;
                case 2 -> claim();
                default -> {}
            }
        }

        private boolean isAnswered(FirstRequest before) {
            SessionId session = before.facts().session();
            return records.find(session).isPresent() || !records.isGone(session);
        }

        private void claim() {
            var mine = new FirstRequest(
                    Fingerprint.of("POST", "/", "{}".getBytes(StandardCharsets.UTF_8)),
                    AnswerFacts.of(session, clock.instant().getEpochSecond()));
            FirstRequest winner =
                    keys.claim(ME, KEY, mine, Optional.ofNullable(first), key -> records.reserve(session, key));
            begun = winner.equals(mine);
            assertThat(records.isGone(winner.facts().session()))
                    .as("a key without its session")
                    .isFalse();
        }
    }

    /** What a transaction writes is read piece by piece: at first its first item alone. */
    private static final class LaggingTable extends ForwardingTable {
        private final Random random;
        private final Set<ItemKey> lagging = new HashSet<>();

        LaggingTable(Table table, Random random) {
            super(table);
            this.random = random;
        }

        @Override
        public Write transact(List<Change> changes) {
            Write write = super.transact(changes);
            changes.stream().skip(1).map(Change::key).forEach(lagging::add);
            return write;
        }

        @Override
        public Optional<Item> get(ItemKey key) {
            if (lagging.contains(key) && random.nextInt(3) > 0) {
                return Optional.empty();
            }
            lagging.remove(key);
            return super.get(key);
        }

        @Override
        public Optional<Item> getSettled(ItemKey key) {
            return super.get(key);
        }
    }

    private static SessionRequest session(int number) {
        return new SessionRequest(
                new GenerationRequest(
                        new SessionId("sess_" + number), Tokens.of(1, 2), SamplingOptions.greedy(), 8, List.of()),
                Speculation.defaults(),
                ToyLanguage.identity("toy-target", 'a'),
                List.of(),
                new LinkTerms(ProtocolVersion.CURRENT, Map.of(), null),
                Account.nobody(),
                System.nanoTime());
    }
}
