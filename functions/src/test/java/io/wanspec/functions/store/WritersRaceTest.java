package io.wanspec.functions.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.functions.settings.StoreSettings;
import io.wanspec.functions.table.DynamoTable;
import io.wanspec.functions.table.Table;
import io.wanspec.functions.table.TableClient;
import io.wanspec.functions.table.TableModel;
import io.wanspec.functions.table.TableSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * Functions race for one session: with pauses between any two calls, answers that are lost, writes that arrive late, and clocks
 * that differ. Never two tokens for one position, nothing is lost that the table confirmed, and each lease has one winner. Replay one
 * schedule with {@code -Dwanspec.seed=N}, run more with {@code -Dwanspec.races=N}.
 */
final class WritersRaceTest {
    private static final int RACES = Integer.getInteger("wanspec.races", 800);
    /** More: {@code -Dwanspec.races.wire=200}. */
    private static final int RACES_ON_THE_WIRE = Integer.getInteger("wanspec.races.wire", 12);

    private static final int CLAIM_ROUNDS = 30;
    private static final int ASKERS = 8;
    private static final int FUNCTIONS = 2;
    private static final int STEPS = 90;
    private static final int LAST_STEPS = 400;
    private static final int PAUSES_MAX = 3;

    /** Of one function's clock against the true time; two differ by twice that. */
    private static final Duration SKEW = Lease.SKEW_MAX.dividedBy(2);

    @Test
    void inTheModelOfTheTable() {
        Long only = Long.getLong("wanspec.seed");
        if (only != null) {
            race(only, new TableModel(new RaceClock(new RaceClock.Now(SampleSessions.NOW), Duration.ZERO)));
            return;
        }
        int takeovers = 0;
        for (int seed = 0; seed < RACES; seed++) {
            takeovers +=
                    race(seed, new TableModel(new RaceClock(new RaceClock.Now(SampleSessions.NOW), Duration.ZERO)));
        }
        assertThat(takeovers).as("sessions change hands").isGreaterThan(RACES / 2);
    }

    /** At the same time, by threads: the schedules above have one call after the other. */
    @Test
    void ofManyWhoAskAtOnceOneGetsTheLease() throws Exception {
        try (var wire = new Wire();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var clock = new RaceClock(new RaceClock.Now(SampleSessions.NOW), Duration.ZERO);
            var sessions = new SessionTable(new DynamoTable(wire.client, wire.name, clock), clock);
            for (int round = 0; round < CLAIM_ROUNDS; round++) {
                SessionHead head = SampleSessions.head("claimed" + round, Lease.queued(clock.instant()));
                sessions.create(head, SampleSessions.INPUT);
                List<Callable<Claim>> askers = new ArrayList<>();
                for (int i = 0; i < ASKERS; i++) {
                    String owner = "owner/" + i;
                    askers.add(() -> sessions.claim(head.id(), owner));
                }
                int taken = 0;
                for (Future<Claim> claim : threads.invokeAll(askers)) {
                    taken += claim.get() instanceof Claim.Taken ? 1 : 0;
                }
                assertThat(taken).as("round %d", round).isEqualTo(1);
            }
        }
    }

    @Test
    void inTheTable() {
        try (var wire = new Wire()) {
            var clock = new RaceClock(new RaceClock.Now(SampleSessions.NOW), Duration.ZERO);
            for (int seed = 0; seed < RACES_ON_THE_WIRE; seed++) {
                Table table = new DynamoTable(wire.client, wire.name, clock);
                race(seed, table);
                table.keys("session#race", 10_000).forEach(table::delete);
            }
        }
    }

    /** A table of the emulator. */
    private static final class Wire implements AutoCloseable {
        private final String name = SharedAwsEmulator.freshName("races");
        private final DynamoDbAsyncClient client = TableClient.of(
                new StoreSettings(
                        "us-east-1",
                        SharedAwsEmulator.endpoint(),
                        name,
                        Duration.ofHours(1),
                        false,
                        Duration.ofSeconds(1)),
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));

        Wire() {
            TableSchema.createIfAbsent(client, name);
        }

        @Override
        public void close() {
            client.close();
        }
    }

    /** @return how often the session changed hands */
    private static int race(long seed, Table table) {
        try {
            return new Schedule(seed, table).run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + "; replay: -Dwanspec.seed=" + seed, e);
        }
    }

    private static final class Schedule {
        private final Table table;
        private final Random random;
        private final RaceClock.Now now = new RaceClock.Now(SampleSessions.NOW);
        private final RecordTwin twin = new RecordTwin(now, SKEW);
        private final List<LossyTable> ways = new ArrayList<>();
        private final List<RacingFunction> functions = new ArrayList<>();
        private int pauses;

        Schedule(long seed, Table table) {
            this.table = table;
            random = new Random(seed);
            double loss = random.nextInt(4) == 0 ? 0 : random.nextDouble() * 0.4;
            for (int i = 0; i < FUNCTIONS; i++) {
                add(table, loss);
            }
            functions.getFirst().begin();
        }

        private void add(Table table, double loss) {
            var way = new LossyTable(table, random, loss, this::pause, twin);
            long skew = random.nextLong(-SKEW.toMillis(), SKEW.toMillis() + 1);
            ways.add(way);
            functions.add(
                    new RacingFunction(functions.size(), way, new RaceClock(now, Duration.ofMillis(skew)), random));
        }

        int run() {
            for (int i = 0; i < STEPS; i++) {
                happen();
            }
            for (int i = 0; i < LAST_STEPS && twin.isRunning(); i++) {
                happen();
            }
            ways.forEach(LossyTable::deliverLate);
            check();
            return twin.takeovers();
        }

        private void happen() {
            switch (random.nextInt(8)) {
                case 0 -> now.pass(Duration.ofMillis(random.nextInt(3_000)));
                case 1 -> ways.get(random.nextInt(FUNCTIONS)).deliverLate();
                case 2 -> {
                    if (random.nextInt(4) == 0) {
                        now.pass(Lease.DURATION.plus(Lease.SKEW_MAX.multipliedBy(2)));
                    }
                }
                default -> functions.get(random.nextInt(FUNCTIONS)).step();
            }
        }

        /** One function pauses between two calls, and others go on. */
        private void pause() {
            if (pauses < PAUSES_MAX && random.nextInt(6) == 0) {
                pauses++;
                for (int i = random.nextInt(6); i > 0; i--) {
                    happen();
                }
                pauses--;
            }
        }

        private void check() {
            SessionRecord record = new SessionTable(table, new RaceClock(now, Duration.ZERO))
                    .find(RacingFunction.SESSION)
                    .orElseThrow();
            List<Integer> written =
                    Arrays.stream(record.committed().toArray()).boxed().toList();
            assertThat(written).as("what the record holds").isEqualTo(twin.tokens());
            for (int i = 0; i < written.size(); i++) {
                assertThat(written.get(i) / RacingFunction.NAMES)
                        .as("position of token %d", i)
                        .isEqualTo(i);
                assertThat(record.progress().pieces().get(i)).isEqualTo(String.valueOf(written.get(i)));
            }
            functions.forEach(function -> function.acknowledged()
                    .forEach((position, token) -> assertThat(written.get(position))
                            .as("what was confirmed")
                            .isEqualTo(token)));
            assertThat(record.status() == SessionStatus.RUNNING).isEqualTo(twin.isRunning());
            if (!twin.isRunning()) {
                assertThat(written).hasSize(RacingFunction.TEXT_TOKENS);
                assertThat(record.head().finish()).isNotNull();
            }
        }
    }
}
