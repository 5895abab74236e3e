package io.wanspec.it.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.it.http.ApiClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * A function that is killed at any moment loses nothing that a client was sent, and repeats nothing to one that comes back.
 *
 * <p>More: {@code -Dwanspec.kills=1000}; a batch that goes on where another ended: {@code -Dwanspec.kills.from=200}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.HOURS)
final class CrashTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int KILLS = Integer.getInteger("wanspec.kills", 12);
    private static final int FROM = Integer.getInteger("wanspec.kills.from", 0);

    /** Kills that are under way at once; each waits for a lease to run out. */
    private static final int LANES = Integer.getInteger("wanspec.lanes", 4);

    private static final int CLIENTS = 2;
    private static final int VARIANTS = 6;

    private final Map<Integer, List<String>> undisturbed = new ConcurrentHashMap<>();
    private CrashRegions regions;
    private FunctionProcess steady;

    @BeforeAll
    void start() throws Exception {
        regions = new CrashRegions();
        // One that ends by itself first: it leaves behind its loaded classes, which start the others sooner.
        try (FunctionProcess first = FunctionProcess.start(regions)) {
            for (int variant = 0; variant < VARIANTS; variant++) {
                undisturbed.put(variant, whole(first.api(), variant));
            }
        }
        steady = FunctionProcess.start(regions);
    }

    @AfterAll
    void stop() {
        steady.close();
        regions.close();
    }

    @Test
    void aKilledFunctionLosesNothingAndRepeatsNothing() throws Exception {
        try (ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
            List<Future<?>> kills = new ArrayList<>();
            for (int seed = FROM; seed < FROM + KILLS; seed++) {
                int of = seed;
                kills.add(lanes.submit(() -> {
                    kill(of);
                    return null;
                }));
            }
            for (Future<?> kill : kills) {
                kill.get();
            }
        }
    }

    /** The frozen one wakes up behind its lease: what it still says is the same, and it writes nothing any more. */
    @Test
    void aFrozenFunctionThatWakesUpLateChangesNothing() throws Exception {
        try (FunctionProcess frozen = FunctionProcess.start(regions);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var client = new Streamed(request(1), "frozen-" + System.nanoTime());
            Future<?> streaming = threads.submit(() -> {
                client.begin(frozen.api());
                return null;
            });
            awaitEvents(client, 12);
            var other = new Streamed(client.request(), client.key());
            frozen.freeze();
            try {
                other.goOn(steady.api());
            } finally {
                frozen.thaw();
            }
            streaming.get();

            assertThat(other.story()).isEqualTo(undisturbed.get(1));
            assertThat(undisturbed.get(1)).startsWith(client.story().toArray(String[]::new));
            client.goOn(steady.api());
            assertThat(client.story()).isEqualTo(undisturbed.get(1));
        }
    }

    private void kill(int seed) throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<Streamed> clients = new ArrayList<>();
        try (FunctionProcess doomed = FunctionProcess.start(regions);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> streams = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                var client = new Streamed(request(variant(seed, i)), "kill-" + seed + "-" + i);
                clients.add(client);
                streams.add(threads.submit(() -> {
                    client.begin(doomed.api());
                    return null;
                }));
            }
            if (random.nextInt(4) == 0) {
                TimeUnit.MICROSECONDS.sleep(random.nextInt(400_000));
            } else {
                awaitEvents(clients.getFirst(), 1 + random.nextInt(60));
            }
            doomed.kill();
            for (Future<?> stream : streams) {
                stream.get();
            }
        }
        for (int i = 0; i < CLIENTS; i++) {
            clients.get(i).goOn(steady.api());
            assertThat(clients.get(i).story())
                    .as("client %d of -Dwanspec.kills.from=%d -Dwanspec.kills=1", i, seed)
                    .isEqualTo(undisturbed.get(variant(seed, i)));
        }
    }

    private static void awaitEvents(Streamed client, int events) throws InterruptedException {
        while (client.events() < events && !client.isWhole()) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private static List<String> whole(ApiClient api, int variant) throws Exception {
        var client = new Streamed(request(variant), "undisturbed-" + variant);
        client.begin(api);
        assertThat(client.isWhole()).isTrue();
        return client.story();
    }

    private static int variant(int seed, int client) {
        return (seed + client) % VARIANTS;
    }

    private static ObjectNode request(int variant) {
        ObjectNode request = MAPPER.createObjectNode()
                .put("model", CrashRegions.MODEL)
                .put("input", "Story " + variant)
                .put("max_output_tokens", 150 + 10 * variant)
                .put("temperature", variant % 2 == 0 ? 0 : 0.8)
                .put("seed", 100 + variant);
        request.putObject("wanspec").put("mode", variant == 5 ? "target-only" : "wanspec");
        return request;
    }
}
