package io.wanspec.it.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.it.http.ApiClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * A function that is killed at any moment loses nothing that a client was sent, and repeats nothing to one that comes back.
 *
 * It dies by a signal, or halts at a named point of its work ({@link Doom}, of a seed).
 *
 * <p>More: {@code -Dwanspec.kills=1000}, others: {@code -Dwanspec.kills.from=2000}. In batches: with
 * {@code -Dwanspec.kills.log=target/kills.txt} those that the file has are left out, and {@code -Dwanspec.kills.minutes=30} ends a batch.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.HOURS)
final class CrashTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int KILLS = Integer.getInteger("wanspec.kills", 12);
    private static final int FROM = Integer.getInteger("wanspec.kills.from", 0);

    /** Kills that are under way at once: most of them wait for a lease to run out, which takes nothing of a processor. */
    private static final int LANES = Integer.getInteger("wanspec.lanes", 12);

    /** Functions that start or serve at once, which does: more of them would only make one another slow. */
    private static final int ALIVE_MAX = Integer.getInteger("wanspec.kills.alive", 4);

    private static final Duration MOST = Duration.ofMinutes(Integer.getInteger("wanspec.kills.minutes", 170));

    static final int CLIENTS = 2;
    private static final int VARIANTS = 6;

    /** How long a function may take to the point where it is to halt, once its clients have left it. */
    private static final int HALT_POLLS_MAX = 400;

    /** A kill takes one ask to go on. A busy machine explains few more: of so many clients one may need more, or two of them all. */
    private static final int CLIENTS_FOR_ONE_THAT_ASKS_AGAIN = 20;

    private static final int ASK_AGAIN_LEAST = 2;

    private final Map<Integer, List<String>> undisturbed = new ConcurrentHashMap<>();
    private final Queue<Integer> asks = new ConcurrentLinkedQueue<>();
    private final Semaphore alive = new Semaphore(ALIVE_MAX);
    private CrashRegions regions;
    private FunctionProcess steady;

    @BeforeAll
    void start() throws Exception {
        regions = new CrashRegions();
        FunctionProcess.forgetClasses();
        // One that ends by itself first: it leaves behind its loaded classes, which start the others sooner.
        try (FunctionProcess first = FunctionProcess.start(regions)) {
            for (int variant = 0; variant < VARIANTS; variant++) {
                undisturbed.put(variant, whole(first.api(), variant));
            }
            first.end();
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
        var log = new KillLog(
                Optional.ofNullable(System.getProperty("wanspec.kills.log")).map(Path::of));
        long until = System.nanoTime() + MOST.toNanos();
        List<Throwable> failures = new ArrayList<>();
        try (ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
            List<Future<?>> kills = new ArrayList<>();
            for (int seed = FROM; seed < FROM + KILLS; seed++) {
                int of = seed;
                kills.add(lanes.submit(() -> {
                    if (!log.isDone(of) && System.nanoTime() < until) {
                        kill(of, log);
                    }
                    return null;
                }));
            }
            for (Future<?> kill : kills) {
                try {
                    kill.get();
                } catch (ExecutionException e) {
                    failures.add(e.getCause());
                }
            }
        }
        assertThat(failures).isEmpty();
        assertThat(asks.stream().filter(times -> times > 1).count())
                .as("clients that had to ask more than once to go on; of all, how often each did: %s", asks)
                .isLessThanOrEqualTo(Math.max(ASK_AGAIN_LEAST, asks.size() / CLIENTS_FOR_ONE_THAT_ASKS_AGAIN));
    }

    /** The frozen one wakes up behind its lease: what it still says is the same, and it writes nothing any more. */
    @Test
    void aFrozenFunctionThatWakesUpLateChangesNothing() throws Exception {
        try (FunctionProcess frozen = FunctionProcess.start(regions);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var client = new Streamed(request(1), "frozen-" + System.nanoTime());
            Future<?> streaming = threads.submit(() -> {
                client.begin(frozen.api(), Integer.MAX_VALUE);
                return null;
            });
            awaitEvents(client, 12, streaming);
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

    private void kill(int seed, KillLog log) throws Exception {
        Doom doom = Doom.of(seed);
        long begun = System.nanoTime();
        try {
            String died = kill(seed, doom);
            log.add(seed, "ok (" + died + ") " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun) + " ms");
        } catch (Exception | AssertionError e) {
            log.add(seed, "FAILED (" + doom + "): " + e.toString().replaceAll("\\s+", " "));
            throw e;
        }
    }

    /** @return how it died, and what its clients had to do about it */
    private String kill(int seed, Doom doom) throws Exception {
        List<Streamed> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Streamed(request(variant(seed, i)), "kill-" + seed + "-" + i + "-" + System.nanoTime()));
        }
        boolean halted = serveUntilDeath(doom, clients);
        for (int i = 0; i < CLIENTS; i++) {
            clients.get(i).goOn(steady.api());
            assertThat(clients.get(i).story())
                    .as("client %d of -Dwanspec.kills.from=%d -Dwanspec.kills=1: %s", i, seed, doom)
                    .isEqualTo(undisturbed.get(variant(seed, i)));
        }
        clients.forEach(client -> asks.add(client.asks()));
        int most = clients.stream().mapToInt(Streamed::asks).max().orElse(0);
        return doom
                + (doom.point().isEmpty() || halted ? "" : ", not reached, signal")
                + (most > 1 ? ", asked " + most + " times" : "");
    }

    /** @return whether it halted by itself */
    private boolean serveUntilDeath(Doom doom, List<Streamed> clients) throws Exception {
        alive.acquire();
        try (FunctionProcess doomed = FunctionProcess.start(regions, doom.crashAt());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> streams = new ArrayList<>();
            for (Streamed client : clients) {
                streams.add(threads.submit(() -> {
                    serve(client, doom, doomed.api());
                    return null;
                }));
            }
            if (doom.point().isEmpty()) {
                awaitSignal(doom, clients.getFirst(), streams.getFirst());
            } else {
                join(streams);
                awaitHalt(clients, doomed);
            }
            boolean halted = !doomed.isAlive();
            doomed.kill();
            join(streams);
            return halted;
        } finally {
            alive.release();
        }
    }

    /** By the one that is to die, whether it begins or takes over, and whether its client stays or not. */
    private void serve(Streamed client, Doom doom, ApiClient doomed) throws Exception {
        int most = doom.breaksOff() ? doom.events() : Integer.MAX_VALUE;
        if (doom.takesOver()) {
            client.begin(steady.api(), 1 + doom.events() / 2);
            client.goOnWhilePossible(doomed, doom.breaksOff() ? client.events() + most : most);
        } else {
            client.begin(doomed, most);
        }
    }

    private static void awaitSignal(Doom doom, Streamed client, Future<?> stream) throws InterruptedException {
        if (doom.delayMicros() > 0) {
            TimeUnit.MICROSECONDS.sleep(doom.delayMicros());
        } else {
            awaitEvents(client, (doom.takesOver() ? doom.events() / 2 : 0) + doom.events(), stream);
        }
    }

    /** Whom its clients have left gives back what it has a moment later; and who has cut off its clients is still dying. */
    private static void awaitHalt(List<Streamed> clients, FunctionProcess doomed) throws InterruptedException {
        boolean isCutOff = !clients.stream().allMatch(Streamed::isWhole);
        for (int i = 0; isCutOff && doomed.isAlive() && i < HALT_POLLS_MAX; i++) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static void join(List<Future<?>> streams) throws Exception {
        for (Future<?> stream : streams) {
            stream.get();
        }
    }

    private static void awaitEvents(Streamed client, int events, Future<?> stream) throws InterruptedException {
        while (client.events() < events && !stream.isDone()) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private static List<String> whole(ApiClient api, int variant) throws Exception {
        var client = new Streamed(request(variant), "undisturbed-" + variant);
        client.begin(api, Integer.MAX_VALUE);
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
