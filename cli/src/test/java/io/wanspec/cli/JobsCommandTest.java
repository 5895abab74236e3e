package io.wanspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.functions.jobs.SqsClients;
import io.wanspec.functions.settings.JobSettings;
import io.wanspec.local.functions.JobQueues;
import io.wanspec.local.functions.LocalAws;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** {@code wanspec jobs} against queues of the AWS emulator. */
@Timeout(180)
final class JobsCommandTest {
    private static final String REGION = "us-east-1";
    private static final String JOB = "{\"session\":\"sess_1\",\"turn\":7,\"since\":1764000000000}";

    @TempDir
    private Path folder;

    private CommandRuns commands;
    private final JobQueues queues = new JobQueues(new LocalAws(SharedAwsEmulator.endpoint(), REGION));
    private SqsAsyncClient client;

    @BeforeEach
    void start() {
        commands = new CommandRuns(folder);
        queues.make();
        var settings = new JobSettings(
                REGION,
                SharedAwsEmulator.endpoint(),
                queues.jobs(),
                queues.deadLetters(),
                JobSettings.VISIBILITY_DEFAULT,
                JobSettings.DELIVERIES_MAX_DEFAULT,
                JobSettings.HAND_OVER_DEFAULT);
        client = SqsClients.of(settings, LocalAws.credentials());
    }

    @AfterEach
    void stop() {
        client.close();
    }

    @Test
    void deadLettersAreListedWithTheirReasonAndPutBack() throws Exception {
        aCloudRuns();
        assertThat(run("jobs", "list")).as(err()).isZero();
        assertThat(out()).contains("Jobs: 0");
        bury(JOB, "no model for a day");

        for (int look = 0; look < 2; look++) {
            assertThat(run("jobs", "list")).as(err()).isZero();
            assertThat(out()).contains(JOB + "  no model for a day", "Jobs: 1");
        }
        assertThat(run("jobs", "redrive")).as(err()).isZero();
        assertThat(out()).contains("Jobs that are on the queue again: 1");

        assertThat(taken(queues.jobs()))
                .extracting(Message::body)
                .containsExactly("{\"session\":\"sess_1\",\"turn\":0,\"since\":1764000000000}");
        assertThat(run("jobs", "list")).isZero();
        assertThat(out()).contains("Jobs: 0");
    }

    @Test
    void withoutACloudTheRemedyIsTold() {
        assertThat(run("jobs", "list")).isEqualTo(ExitCodes.FAILED);
        assertThat(err()).contains("no local cloud runs", "./wanspec up", "--dead-letters");
    }

    @Test
    void queuesAreNamedAllOrNone() {
        assertThat(run("jobs", "redrive", "--queue", "https://q")).isEqualTo(ExitCodes.FAILED);
        assertThat(err()).contains("give all three");
    }

    private void bury(String body, String reason) {
        client.sendMessage(send -> send.queueUrl(queues.deadLetters().toString())
                        .messageBody(body)
                        .messageAttributes(Map.of(
                                "reason",
                                MessageAttributeValue.builder()
                                        .dataType("String")
                                        .stringValue(reason)
                                        .build())))
                .join();
    }

    private List<Message> taken(URI queue) {
        return client.receiveMessage(
                        receive -> receive.queueUrl(queue.toString()).waitTimeSeconds(2))
                .join()
                .messages();
    }

    private void aCloudRuns() throws Exception {
        commands.aCloudRuns("sessions", REGION);
    }

    private int run(String... arguments) {
        return commands.run(arguments);
    }

    private String out() {
        return commands.out();
    }

    private String err() {
        return commands.err();
    }
}
