package io.wanspec.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wanspec.local.launch.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Many clients stream at once: all are served, and nothing of them stays behind. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class ManyClientsTest {
    private static final int CLIENTS = 48;
    private static final int TOKENS = 24;

    /** Of the API's process: its heap is 512 MiB, the rest is code, stacks and buffers. */
    private static final long RESIDENT_KIB_MAX = 1024 * 1024;

    /** Threads that come and go by themselves: of the JVM's compilers, of pools. */
    private static final int THREADS_SPARE = 8;

    @Test
    void allAreServedAndNothingStaysBehind() throws Exception {
        try (TinyCloud cloud = TinyCloud.start(20, 2, Pace.NONE)) {
            Http http = new Http(cloud.gateway());
            long api = cloud.process("api").pid();
            wave(http);
            awaitRest(http);
            int threads = threads(api);
            wave(http);
            awaitRest(http);
            awaitNoLease(cloud);

            assertThat(threads(api)).isLessThanOrEqualTo(threads + THREADS_SPARE);
            assertThat(residentKib(api)).isLessThan(RESIDENT_KIB_MAX);
        }
    }

    private static void wave(Http http) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            List<Callable<List<JsonNode>>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int seed = i;
                clients.add(() -> http.stream(Http.chat("Client " + seed, TOKENS, 0.8, seed))
                        .toList());
            }
            for (Future<List<JsonNode>> client : threads.invokeAll(clients)) {
                assertThat(client.get()).noneMatch(event -> event.has("error"));
                assertThat(client.get()
                                .getLast()
                                .path("choices")
                                .path(0)
                                .path("finish_reason")
                                .asText())
                        .isIn("length", "stop");
            }
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

    /** Sessions that a function still has, by the table. */
    private static long running(DynamoDbAsyncClient client) {
        var running = new AtomicLong();
        client.scanPaginator(scan -> scan.tableName("wanspec-sessions"))
                .items()
                .filter(item -> word(item, "pk").startsWith("session#")
                        && word(item, "sk").equals("head")
                        && word(item, "status").equals("RUNNING"))
                .subscribe(item -> running.incrementAndGet())
                .join();
        return running.get();
    }

    private static String word(Map<String, AttributeValue> item, String attribute) {
        return Objects.requireNonNull(item.get(attribute)).s();
    }

    /** Places are given back. */
    private static void awaitRest(Http http) throws Exception {
        while (http.get("/healthz").path("sessions").asInt() > 0) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static int threads(long pid) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return (int) all.count();
        }
    }

    private static long residentKib(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
