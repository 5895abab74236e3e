package io.wanspec.local.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.emulator.aws.AwsEmulator;
import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.local.process.ClassArchive;
import io.wanspec.local.process.ClassPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Functions of the class path in the emulator's Lambda: real processes, called by a real queue and a real schedule. */
@Timeout(600)
final class FunctionDeploymentTest {
    @TempDir
    private static Path folder;

    private static AwsEmulator emulator;
    private static LocalAws aws;
    private static JobQueues queues;

    /** No function must need its archive. */
    private static ClassArchive broken;

    @BeforeAll
    static void start() throws Exception {
        emulator = AwsEmulator.start(SharedAwsEmulator.program(), 0, folder.resolve("aws.log"));
        aws = new LocalAws(emulator.endpoint(), "us-east-1");
        queues = new JobQueues(aws);
        broken = new ClassArchive(folder, "api", ClassPath.ofThisProcess());
        Files.writeString(folder.resolve(broken.fileName()), "half an archive");
        queues.make();
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @Test
    void aJobIsHandedToTheFunctionAndOneThatIsNotDoneComesBackUntilItIsDead() throws Exception {
        new FunctionDeployment(aws).onQueue(function("on-queue", Duration.ofSeconds(25)), queues);
        try (SqsAsyncClient client = aws.client(SqsAsyncClient.builder())) {
            send(client, "good job");
            awaitDone(client);

            // Each delivery costs a second or more, and four show what eight do. Some come while it is worked on.
            client.setQueueAttributes(queue -> queue.queueUrl(queues.jobs().toString())
                            .attributesWithStrings(Map.of(
                                    "VisibilityTimeout",
                                    "1",
                                    "RedrivePolicy",
                                    policy(client).replace("8", "4"))))
                    .join();
            send(client, "bad job");
            assertThat(dead(client)).extracting(Message::body).containsExactly("bad job");
        }
        List<String> calls = calls("on-queue");
        assertThat(calls.stream().filter(call -> call.contains("good job"))).hasSize(1);
        assertThat(calls.stream().filter(call -> call.contains("bad job"))).hasSizeGreaterThan(1);
        assertThat(calls).allMatch(call -> call.contains("a setting"));
    }

    @Test
    @EnabledIfSystemProperty(named = "wanspec.schedules", matches = "true", disabledReason = "waits a minute or more")
    void aScheduleCallsTheFunction() throws Exception {
        new FunctionDeployment(aws).everyMinute(function("every-minute", Duration.ofSeconds(25)));
        while (calls("every-minute").isEmpty()) {
            Thread.sleep(200);
        }
        assertThat(calls("every-minute").getFirst()).contains("aws.events", "a setting");
    }

    @Test
    void queuesAreWhereTheySayTheyAre() {
        try (SqsAsyncClient client = aws.client(SqsAsyncClient.builder())) {
            assertThat(client.listQueues().join().queueUrls())
                    .containsExactlyInAnyOrder(
                            queues.jobs().toString(), queues.deadLetters().toString());
        }
    }

    private static String policy(SqsAsyncClient client) {
        String policy = client.getQueueAttributes(
                        queue -> queue.queueUrl(queues.jobs().toString()).attributeNamesWithStrings("RedrivePolicy"))
                .join()
                .attributesAsStrings()
                .getOrDefault("RedrivePolicy", "");
        assertThat(policy).containsPattern("\"maxReceiveCount\": ?\"?8");
        return policy;
    }

    private static void send(SqsAsyncClient client, String body) {
        client.sendMessage(message -> message.queueUrl(queues.jobs().toString()).messageBody(body))
                .join();
    }

    /** Nothing waits, and nothing is worked on. */
    private static void awaitDone(SqsAsyncClient client) throws InterruptedException {
        var counts = List.of(
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
        while (!client
                .getQueueAttributes(
                        queue -> queue.queueUrl(queues.jobs().toString()).attributeNames(counts))
                .join()
                .attributes()
                .values()
                .stream()
                .allMatch("0"::equals)) {
            Thread.sleep(100);
        }
    }

    private static List<Message> dead(SqsAsyncClient client) {
        List<Message> messages = List.of();
        while (messages.isEmpty()) {
            messages = client.receiveMessage(receive ->
                            receive.queueUrl(queues.deadLetters().toString()).waitTimeSeconds(10))
                    .join()
                    .messages();
        }
        return messages;
    }

    private static List<String> calls(String name) throws Exception {
        Path file = folder.resolve(name + ".calls");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static LocalFunction function(String name, Duration limit) {
        Map<String, String> settings =
                Map.of("CALLS", folder.resolve(name + ".calls").toString(), "SETTING", "a setting");
        return new LocalFunction(
                name, NotingFunction.class, settings, folder.resolve(name + ".log"), limit, broken.used());
    }
}
