package io.wanspec.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.it.http.ApiClient;
import io.wanspec.it.http.EventReader;
import io.wanspec.it.http.ServerEvent;
import io.wanspec.local.launch.Pace;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Many clients stream at once, chats and responses: all are served, and nothing of them stays behind in any process. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class ManyClientsTest {
    private static final int CLIENTS = 48;
    private static final int TOKENS = 24;

    /** Of the API's process: its heap is 512 MiB, the rest is code, stacks and buffers. */
    private static final long RESIDENT_KIB_MAX = 1024 * 1024;

    /** What the API's process still refers to when nobody is served. */
    private static final long LIVE_HEAP_KIB_MAX = 128 * 1024;

    /** Threads and sockets that come and go by themselves: of the JVM's compilers, of pools. */
    private static final int SPARE = 8;

    /** So that what a crowd needs is there before it is counted. */
    private static final Duration WARM_UP = Duration.ofSeconds(15);

    /** Twice as long as pools keep a thread that has nothing to do. */
    private static final Duration POOLS_REST = Duration.ofMinutes(2);

    private static final Pattern OF_ONE_REQUEST =
            Pattern.compile("session-.*|follower|reader|.*-calls-.*|generation-again");

    @Test
    void allAreServedAndNothingStaysBehind() throws Exception {
        TinyCloud cloud = TinyCloud.shared(20, 2, Pace.NONE);
        try (ApiClient client = new ApiClient(cloud.gateway(), Optional.empty())) {
            Map<String, LookedAtJvm> jvms = processes(cloud);
            LookedAtJvm api = Objects.requireNonNull(jvms.get("api"));
            serveAll(cloud, client, api);
            Map<String, Integer> first = held(jvms);
            serveAll(cloud, client, api);
            Map<String, Integer> second = heldOnceAtRest(jvms, first, 3 * CLIENTS);
            System.out.printf(
                    "%d clients, twice: the API has a live heap of %d KiB, %d KiB resident at most, %d sockets; %s,"
                            + " then %s%n",
                    CLIENTS, api.liveHeapKib(), api.residentMaxKib(), api.sockets(), first, second);

            // It keeps connections for later; one more for each of two waves' streams would be beyond this.
            assertThat(api.sockets()).isLessThan(3 * CLIENTS);
            assertNothingStaysBehind(api, first, second);
        }
    }

    /** A crowd, of whom some leave in mid-stream, for as long as one likes: {@code -Dwanspec.clients=200 -Dwanspec.seconds=120}. */
    @Test
    @EnabledIfSystemProperty(named = "wanspec.clients", matches = "[1-9][0-9]*")
    void whoIsLetInGetsItsTextHoweverManyCome() throws Exception {
        int clients = Integer.getInteger("wanspec.clients", 200);
        Duration time = Duration.ofSeconds(Integer.getInteger("wanspec.seconds", 120));
        TinyCloud cloud = TinyCloud.shared(20, 2, Pace.NONE);
        try (ApiClient client = new ApiClient(cloud.gateway(), Optional.empty())) {
            Map<String, LookedAtJvm> jvms = processes(cloud);
            LookedAtJvm api = Objects.requireNonNull(jvms.get("api"));
            Map<String, Integer> first;
            try (RestlessClients crowd = new RestlessClients(cloud.gateway())) {
                crowd.come(clients, WARM_UP);
                awaitRest(client, api);
                first = held(jvms);
                crowd.come(clients, time);
                System.out.printf(
                        "%d clients for %d s: %d answers, %d left in mid-stream, told to come again %d times, %d failures%n",
                        clients,
                        time.toSeconds(),
                        crowd.whole(),
                        crowd.left(),
                        crowd.refused(),
                        crowd.failures().size());
                assertThat(crowd.failures()).isEmpty();
                assertThat(crowd.left()).isPositive();
            }
            awaitRest(client, api);
            awaitNoLease(cloud);
            Map<String, Integer> second = heldOnceAtRest(jvms, first, 3 * clients);
            System.out.printf(
                    "The API has a live heap of %d KiB, %d KiB resident at most, %d sockets; %s, then %s%n",
                    api.liveHeapKib(), api.residentMaxKib(), api.sockets(), first, second);
            assertThat(api.sockets()).isLessThan(3 * clients);
            assertNothingStaysBehind(api, first, second);
        }
    }

    private static Map<String, LookedAtJvm> processes(TinyCloud cloud) throws Exception {
        Map<String, LookedAtJvm> jvms = new TreeMap<>();
        for (String name : List.of("api", "target", "busy-draft", "remote-draft")) {
            jvms.put(name, LookedAtJvm.at(cloud.process(name)));
        }
        return jvms;
    }

    private static void assertNothingStaysBehind(
            LookedAtJvm api, Map<String, Integer> first, Map<String, Integer> second) throws Exception {
        assertThat(grown(first, second)).as("then %s, now %s", first, second).isEmpty();
        assertThat(api.liveHeapKib()).isLessThan(LIVE_HEAP_KIB_MAX);
        assertThat(api.residentMaxKib()).isLessThan(RESIDENT_KIB_MAX);
    }

    private static void serveAll(TinyCloud cloud, ApiClient client, LookedAtJvm api) throws Exception {
        wave(client);
        awaitRest(client, api);
        awaitNoLease(cloud);
    }

    /**
     * Pools keep a wave's threads and connections for a minute at most: where the machine is slow, more of them than of the wave
     * before, or than there are clients.
     */
    private static Map<String, Integer> heldOnceAtRest(
            Map<String, LookedAtJvm> jvms, Map<String, Integer> before, int apiSocketsMax) throws Exception {
        LookedAtJvm api = Objects.requireNonNull(jvms.get("api"));
        long end = System.nanoTime() + POOLS_REST.toNanos();
        Map<String, Integer> now = held(jvms);
        while ((!grown(before, now).isEmpty() || api.sockets() >= apiSocketsMax) && System.nanoTime() < end) {
            TimeUnit.SECONDS.sleep(1);
            now = held(jvms);
        }
        return now;
    }

    private static List<String> grown(Map<String, Integer> before, Map<String, Integer> now) {
        return before.keySet().stream()
                .filter(what ->
                        Objects.requireNonNull(now.get(what)) > Objects.requireNonNull(before.get(what)) + SPARE)
                .toList();
    }

    private static Map<String, Integer> held(Map<String, LookedAtJvm> jvms) throws IOException {
        Map<String, Integer> held = new TreeMap<>();
        for (Map.Entry<String, LookedAtJvm> jvm : jvms.entrySet()) {
            held.put("threads of " + jvm.getKey(), jvm.getValue().threads());
            if (!jvm.getKey().equals("api")) {
                held.put("sockets of " + jvm.getKey(), jvm.getValue().sockets());
            }
        }
        return held;
    }

    private static void wave(ApiClient api) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            List<Callable<Void>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int seed = i;
                clients.add(() -> {
                    if (seed % 2 == 0) {
                        chat(api, seed);
                    } else {
                        respond(api, seed);
                    }
                    return null;
                });
            }
            for (Future<Void> client : threads.invokeAll(clients)) {
                client.get();
            }
        }
    }

    private static void chat(ApiClient api, int seed) throws Exception {
        try (EventReader stream = api.stream("/v1/chat/completions", Http.chat("Client " + seed, TOKENS, 0.8, seed))) {
            List<JsonNode> chunks =
                    stream.rest().stream().map(ServerEvent::data).toList();
            assertThat(chunks).noneMatch(chunk -> chunk.has("error"));
            assertThat(chunks.getLast().at("/choices/0/finish_reason").asText()).isIn("length", "stop");
        }
    }

    private static void respond(ApiClient api, int seed) throws Exception {
        ObjectNode body = Http.JSON
                .createObjectNode()
                .put("model", TinyCloud.MODEL)
                .put("input", "Client " + seed)
                .put("max_output_tokens", TOKENS)
                .put("seed", seed);
        try (EventReader stream = api.stream("/v1/responses", body)) {
            List<ServerEvent> events = stream.rest();
            assertThat(events.stream().map(ServerEvent::number))
                    .isEqualTo(IntStream.range(0, events.size()).boxed().toList());
            assertThat(events.getLast().type()).isIn("response.completed", "response.incomplete");
        }
    }

    private static void awaitNoLease(TinyCloud cloud) throws InterruptedException {
        try (DynamoDbAsyncClient client = DynamoDbAsyncClient.builder()
                .endpointOverride(cloud.aws())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .build()) {
            while (running(client) > 0) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    /** Sessions that a function still has, by the table: one whose end could not be written has a lease that runs out. */
    private static long running(DynamoDbAsyncClient client) {
        long now = System.currentTimeMillis();
        long running = 0;
        ScanResponse page;
        Map<String, AttributeValue> from = Map.of();
        do {
            ScanRequest.Builder scan = ScanRequest.builder().tableName("wanspec-sessions");
            page = client.scan((from.isEmpty() ? scan : scan.exclusiveStartKey(from)).build())
                    .orTimeout(1, TimeUnit.MINUTES)
                    .join();
            running +=
                    page.items().stream().filter(item -> isRunning(item, now)).count();
            from = page.lastEvaluatedKey();
        } while (!from.isEmpty());
        return running;
    }

    private static boolean isRunning(Map<String, AttributeValue> item, long now) {
        return word(item, "pk").startsWith("session#")
                && word(item, "sk").equals("head")
                && word(item, "status").equals("RUNNING")
                && Long.parseLong(Objects.requireNonNull(item.get("leaseUntil")).n()) > now;
    }

    private static String word(Map<String, AttributeValue> item, String attribute) {
        return Objects.requireNonNull(item.get(attribute)).s();
    }

    /** Places are given back, and no thread of a request is left. */
    private static void awaitRest(ApiClient client, LookedAtJvm api) throws Exception {
        while (client.get("/healthz").body().path("sessions").asInt() > 0
                || api.threadNames().stream().anyMatch(OF_ONE_REQUEST.asMatchPredicate())) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
