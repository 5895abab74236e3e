package io.wanspec.functions.access.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.functions.Stage;
import io.wanspec.functions.access.KeyLimits;
import io.wanspec.functions.access.Keys;
import io.wanspec.functions.settings.StoreSettings;
import io.wanspec.functions.table.DynamoTable;
import io.wanspec.functions.table.ItemKey;
import io.wanspec.functions.table.TableClient;
import io.wanspec.functions.table.TableSchema;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** Functions that race for one key's budget, against the emulator's table. Their time stands still, so that windows do not end. */
final class UsageRaceTest {
    private static final long NOW = Clock.systemUTC().millis();
    private static final int FUNCTIONS = 6;
    private static final String TABLE = SharedAwsEmulator.freshName("usage");
    private static DynamoDbAsyncClient client;

    @BeforeAll
    static void start() {
        var settings = new StoreSettings(
                "us-east-1", SharedAwsEmulator.endpoint(), TABLE, Duration.ofHours(1), false, Duration.ofSeconds(1));
        client = TableClient.of(settings, Stage.CREDENTIALS);
        TableSchema.createIfAbsent(client, TABLE);
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    @Test
    void racingFunctionsHaveTheLimitTogetherAndNotOneMore() throws Exception {
        KeyLimits limits = Keys.limits(150, 0, 0, 0);
        List<Integer> granted = race("requests", use -> {
            int served = 0;
            for (int i = 0; i < 60; i++) {
                served += use.request(limits, NOW).isEmpty() ? 1 : 0;
            }
            use.close(NOW);
            return served;
        });
        long sum = granted.stream().mapToInt(Integer::intValue).sum();
        assertThat(sum).as("%s", granted).isBetween(100L, 150L);
        assertThat(table().days("requests"))
                .singleElement()
                .satisfies(day -> assertThat(day.requests()).isEqualTo(sum));
    }

    @Test
    void racingAnswersHaveThePlacesAndTokensTogether() throws Exception {
        KeyLimits limits = Keys.limits(0, 10_000, 0, 5);
        List<List<Reserved.Reservation>> granted = race("answers", use -> {
            List<Reserved.Reservation> mine = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                if (use.reserve(limits, 1_500, NOW) instanceof Reserved.Reservation reservation) {
                    mine.add(reservation);
                }
            }
            return mine;
        });
        assertThat(granted.stream().mapToInt(List::size).sum()).isEqualTo(5);
        UsageState state = UsageItem.read(new DynamoTable(client, TABLE, Clock.systemUTC())
                .get(ItemKey.head("usage#answers"))
                .orElseThrow());
        assertThat(state.counter(Budget.TOKENS_PER_MINUTE, NOW).taken()).isBetween(7_500L, 10_000L);
        assertThat(state.slots().values().stream().mapToLong(SlotLease::slots).sum())
                .isEqualTo(5);
    }

    private interface Racer<T> {
        T run(KeyUse use);
    }

    private static <T> List<T> race(String key, Racer<T> racer) throws Exception {
        List<Callable<T>> racers = new ArrayList<>();
        for (int i = 0; i < FUNCTIONS; i++) {
            KeyUse use = new KeyUse(key, "f" + i, table(), NOW);
            racers.add(() -> racer.run(use));
        }
        List<T> results = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(FUNCTIONS)) {
            for (Future<T> future : threads.invokeAll(racers)) {
                results.add(future.get());
            }
        }
        return results;
    }

    /** As a function of its own has it: nothing is shared but the table. */
    private static UsageTable table() {
        return new UsageTable(new DynamoTable(client, TABLE, Clock.systemUTC()));
    }
}
