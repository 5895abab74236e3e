package io.wanspec.functions.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.SessionId;
import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.functions.settings.JobSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** What goes to the queue over the wire. */
@Timeout(180)
final class SqsJobsTest {
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

    /** A fair queue tells tenants apart by their messages' group; a message without one would count as a tenant of its own. */
    @Test
    void eachCallerIsATenantOfTheQueueAndAllWithoutOneAreOne() {
        List<String> groups = new ArrayList<>();
        try (SqsAsyncClient client = SqsClients.of(settings(null, null), CREDENTIALS)) {
            URI queue = queue(client, "jobs");
            SqsJobs jobs = new SqsJobs(client, settings(queue, null), Clock.systemUTC());
            for (String caller : List.of("a", "b", "a", "", "")) {
                jobs.enqueue(new Job(
                        new SessionId("sess_1"),
                        Optional.of(caller).filter(c -> !c.isEmpty()).map(CallerId::new)));
            }
            while (groups.size() < 5) {
                client.receiveMessage(receive -> receive.queueUrl(queue.toString())
                                .maxNumberOfMessages(10)
                                .waitTimeSeconds(1)
                                .messageSystemAttributeNames(MessageSystemAttributeName.MESSAGE_GROUP_ID))
                        .join()
                        .messages()
                        .forEach(message ->
                                groups.add(message.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID)));
            }
        }

        assertThat(groups).containsExactlyInAnyOrder("a", "b", "a", "-", "-");
    }

    @Test
    void theQueuesDepthIsAskedOfBoth() {
        try (SqsAsyncClient client = SqsClients.of(settings(null, null), CREDENTIALS)) {
            SqsJobs jobs =
                    new SqsJobs(client, settings(queue(client, "jobs"), queue(client, "dead")), Clock.systemUTC());
            jobs.enqueue(new Job(new SessionId("sess_1"), Optional.empty()));
            jobs.enqueue(new Job(new SessionId("sess_2"), Optional.empty()));
            jobs.send(
                    JobMessage.first(new SessionId("sess_3"), JobOrigin.unknown()),
                    Optional.empty(),
                    Duration.ofMinutes(5));
            jobs.bury(new Delivery("1", "handle", "body", 1, Optional.empty()), "nobody can");

            QueueDepth depth = jobs.depth();

            assertThat(depth.open()).isEqualTo(3);
            assertThat(depth.deadLetters()).isEqualTo(1);
        }
    }

    /** One beat at once, and more as long as the work lasts. */
    @Test
    void aHeartbeatKeepsTheDeliveryOverTheWire() throws Exception {
        BlockingQueue<JsonNode> beats = new LinkedBlockingQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> take(exchange, beats));
        server.start();
        URI queue = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/0/jobs");
        JobSettings settings = settings(queue, null, queue.resolve("/"));
        try (SqsAsyncClient client = SqsClients.of(settings, CREDENTIALS);
                var _ = Heartbeat.of(
                        new Delivery("1", "handle-1", "", 1, Optional.empty()),
                        new SqsJobs(client, settings, Clock.systemUTC()),
                        Duration.ofSeconds(1))) {
            for (int i = 0; i < 3; i++) {
                JsonNode beat = beats.take();
                assertThat(beat.path("ReceiptHandle").asText()).isEqualTo("handle-1");
                assertThat(beat.path("VisibilityTimeout").asInt()).isEqualTo(1);
            }
        } finally {
            server.stop(0);
        }
    }

    private static void take(HttpExchange exchange, BlockingQueue<JsonNode> beats) throws IOException {
        try (exchange) {
            assertThat(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
                    .isEqualTo("AmazonSQS.ChangeMessageVisibility");
            beats.add(new JsonMapper().readTree(exchange.getRequestBody()));
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
            byte[] nothing = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, nothing.length);
            exchange.getResponseBody().write(nothing);
        }
    }

    private static URI queue(SqsAsyncClient client, String name) {
        String fresh = SharedAwsEmulator.freshName(name);
        return URI.create(
                client.createQueue(make -> make.queueName(fresh)).join().queueUrl());
    }

    private static JobSettings settings(@Nullable URI queue, @Nullable URI deadLetters) {
        return settings(queue, deadLetters, SharedAwsEmulator.endpoint());
    }

    private static JobSettings settings(@Nullable URI queue, @Nullable URI deadLetters, URI endpoint) {
        return new JobSettings(
                "us-east-1",
                endpoint,
                queue == null ? URI.create("http://127.0.0.1/none") : queue,
                deadLetters,
                Duration.ofSeconds(30),
                5,
                Duration.ofSeconds(15));
    }
}
