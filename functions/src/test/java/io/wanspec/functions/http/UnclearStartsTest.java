package io.wanspec.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.SessionId;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.access.Keys;
import io.wanspec.functions.access.Ownership;
import io.wanspec.functions.access.budget.Budgets;
import io.wanspec.functions.access.budget.CountedPlace;
import io.wanspec.functions.access.budget.UsageTable;
import io.wanspec.functions.observe.BudgetKeeper;
import io.wanspec.functions.observe.UnclearStarts;
import io.wanspec.functions.observe.UnownedEnds;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.settings.PromptRegions;
import io.wanspec.functions.settings.StoreSettings;
import io.wanspec.functions.store.SampleSessions;
import io.wanspec.functions.store.SessionStatus;
import io.wanspec.functions.store.SessionStore;
import io.wanspec.functions.store.SessionSweeper;
import io.wanspec.functions.store.SweepRule;
import io.wanspec.functions.table.Change;
import io.wanspec.functions.table.ForwardingTable;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.ItemKey;
import io.wanspec.functions.table.Table;
import io.wanspec.functions.table.TableModel;
import io.wanspec.functions.table.Write;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Functions record what they are about to start in a table whose connections break, whose transactions are cancelled, and to which
 * writes come late. When all is quiet a key is charged what was used, and nothing goes on that nobody started.
 */
final class UnclearStartsTest {
    private static final Clock STILL = Clock.fixed(Instant.parse("2126-11-02T06:00:00Z"), ZoneOffset.UTC);
    private static final long DAY = 100_000;
    private static final int FUNCTIONS = 3;
    private static final int PROMPT = SampleSessions.PROMPT.size();

    @SeededTest(tries = 300)
    void costNothingThatNobodyUsed(Random seeded) {
        new Schedule(seeded).run();
    }

    private static final class Schedule {
        private final Random random;
        private final TableModel table = new TableModel(STILL);
        private final Account account = new Account(
                Ownership.nobody(),
                Optional.of("key"),
                PromptRegions.any(),
                Keys.limits(0, 0, DAY, 0),
                OptionalLong.empty());
        private final List<Change> late = new ArrayList<>();
        private final List<List<Change>> lateTogether = new ArrayList<>();
        private final Map<SessionId, Long> used = new LinkedHashMap<>();
        private double loss;

        Schedule(Random random) {
            this.random = random;
        }

        /** Of the table. */
        private interface Call {
            Write write();
        }

        /** The way to the records; what keys use is written without loss, since that has schedules of its own. */
        private final class Way extends ForwardingTable {
            Way(Table table) {
                super(table);
            }

            @Override
            public Write write(Change change) {
                return fated(() -> table.write(change), () -> late.add(change));
            }

            @Override
            public Write transact(List<Change> changes) {
                return fated(() -> table.transact(changes), () -> lateTogether.add(changes));
            }

            private Write fated(Call now, Runnable later) {
                if (random.nextDouble() >= loss) {
                    return now.write();
                }
                switch (random.nextInt(6)) {
                    case 0 -> now.write();
                    case 1 -> later.run();
                    case 2 -> {
                        now.write();
                        throw cancelled();
                    }
                    case 3 -> throw cancelled();
                    case 4 ->
                        throw DynamoDbException.builder()
                                .statusCode(400)
                                .numAttempts(1)
                                .build();
                    default -> {}
                }
                throw SdkClientException.create("no connection");
            }

            private SdkException cancelled() {
                return TransactionCanceledException.builder()
                        .statusCode(400)
                        .numAttempts(1)
                        .build();
            }
        }

        private final class Function implements AutoCloseable {
            final Budgets budgets = new Budgets(new UsageTable(table), STILL);
            final SessionStore store = new SessionStore(
                    new Way(table),
                    new StoreSettings("r", null, "t", Duration.ofHours(20), false, Duration.ofMillis(20)),
                    STILL);
            final UnclearStarts unclear = new UnclearStarts(
                    store::withdraw, budgets, _ -> Thread.ofVirtual().unstarted(() -> {}), Duration.ofSeconds(1));
            final UnownedEnds unowned = new UnownedEnds(Optional.of(budgets), () -> budgets);

            void request(String name) {
                SessionRequest plain = SampleSessions.request(name, SampleSessions.PROMPT);
                SessionId id = plain.generation().session();
                assertThat(budgets.reserve(account, id, BudgetKeeper.most(plain), new CountedPlace()))
                        .isEmpty();
                SessionRequest charged = plain.on(account.charged(budgets.chargedDay(id)));
                used.put(id, 0L);
                try (var prepared = new PreparedRequest(charged, Optional.of(budgets), unclear)) {
                    begin(prepared, charged);
                } catch (SdkException | ApiException refused) {
                    // Told 503.
                }
            }

            private void begin(PreparedRequest prepared, SessionRequest charged) {
                SessionId id = charged.generation().session();
                switch (random.nextInt(4)) {
                    case 0 -> answered(id, charged, prepared.start(() -> reserved(charged)));
                    case 1 -> {
                        prepared.recorded(() -> store.reserve(charged, key(id)));
                        answered(id, charged, prepared.start(() -> reserved(charged)));
                    }
                    case 2 -> {
                        prepared.recorded(() -> {
                            store.queue(charged);
                            return new Write.Done(null);
                        });
                        used.put(id, (long) PROMPT);
                    }
                    default -> {
                        prepared.recorded(() -> store.queue(charged, key(id)));
                        used.put(id, (long) PROMPT);
                    }
                }
            }

            private SessionId reserved(SessionRequest charged) {
                store.reserve(charged, false);
                return charged.generation().session();
            }

            /** At once; its end is recorded as an owner would. */
            private void answered(SessionId id, SessionRequest charged, SessionId started) {
                assertThat(started).isEqualTo(id);
                long tokens = (long) PROMPT + random.nextInt(100);
                budgets.begun(id);
                budgets.ended(id);
                ends(id);
                budgets.settled(id, charged.account(), BudgetKeeper.most(charged), tokens);
                used.put(id, tokens);
            }

            @Override
            public void close() {
                unclear.close();
                unowned.close();
                store.close();
                budgets.close();
            }
        }

        private void ends(SessionId id) {
            double before = loss;
            loss = 0;
            try (var quiet = new Function()) {
                quiet.store.cancel(id, _ -> {});
            }
            loss = before;
        }

        private static Change key(SessionId id) {
            return Change.put(Item.of(ItemKey.head("idem#" + id.value())));
        }

        void run() {
            List<Function> functions = new ArrayList<>();
            for (int i = 0; i < FUNCTIONS; i++) {
                functions.add(new Function());
            }
            for (int i = 0; i < 24; i++) {
                loss = random.nextDouble();
                Function function = functions.get(random.nextInt(FUNCTIONS));
                switch (random.nextInt(5)) {
                    case 0 -> function.unclear.settle();
                    case 1 -> deliverOne();
                    case 2 -> cancelOne(function);
                    default -> function.request("sess_" + i);
                }
            }
            loss = 0;
            while (random.nextBoolean() && !late.isEmpty()) {
                deliverOne();
            }
            functions.forEach(function -> assertThat(function.unclear.settle()).isTrue());
            while (!late.isEmpty() || !lateTogether.isEmpty()) {
                deliverOne();
            }
            sweep(functions.get(Gen.between(random, 0, FUNCTIONS - 1)));
            functions.forEach(Function::close);

            assertThat(table.all().stream()
                            .filter(item -> item.findText("status")
                                    .filter(SessionStatus.RUNNING.name()::equals)
                                    .isPresent()))
                    .isEmpty();
            long charged = used.values().stream().mapToLong(Long::longValue).sum();
            long prompts = used.entrySet().stream()
                    .filter(session -> session.getValue() == 0)
                    .mapToLong(session -> sharedPrompt(session.getKey()))
                    .sum();
            assertThat(taken()).isBetween(charged, charged + prompts);
        }

        /** What others could go on with may cost its prompt, though its own client heard that it did not begin. */
        private long sharedPrompt(SessionId id) {
            boolean known = table.get(ItemKey.head("idem#" + id.value())).isPresent();
            return known ? PROMPT : 0;
        }

        /** Others know those that were to have a key. */
        private void cancelOne(Function function) {
            List<SessionId> known = used.entrySet().stream()
                    .filter(session -> session.getValue() == 0 && sharedPrompt(session.getKey()) > 0)
                    .map(Map.Entry::getKey)
                    .toList();
            if (!known.isEmpty()) {
                double before = loss;
                loss = 0;
                function.store.cancel(known.get(random.nextInt(known.size())), function.unowned);
                loss = before;
            }
        }

        private void deliverOne() {
            if (!late.isEmpty()) {
                table.write(late.remove(random.nextInt(late.size())));
            } else if (!lateTogether.isEmpty()) {
                table.transact(lateTogether.remove(random.nextInt(lateTogether.size())));
            }
        }

        private void sweep(Function function) {
            Clock later = Clock.offset(STILL, SweepRule.QUEUED_MAX.plusMinutes(1));
            new SessionSweeper(table, later, SweepRule.GRACE, function.unowned).sweep(100);
        }

        /** What another function finds taken of the day: what it cannot have. */
        private long taken() {
            long low = 0;
            long high = DAY;
            while (low < high) {
                long middle = (low + high) / 2;
                if (isFree(DAY - middle)) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return low;
        }

        private boolean isFree(long tokens) {
            try (var budgets = new Budgets(new UsageTable(table), STILL)) {
                var id = new SessionId("asks");
                boolean free = tokens == 0
                        || budgets.reserve(account, id, tokens, new CountedPlace())
                                .isEmpty();
                budgets.released(id);
                return free;
            }
        }
    }
}
