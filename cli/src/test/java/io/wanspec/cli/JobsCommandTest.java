package io.wanspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.functions.jobs.SqsClients;
import io.wanspec.functions.settings.JobSettings;
import io.wanspec.local.functions.JobQueues;
import io.wanspec.local.functions.LocalAws;
import io.wanspec.local.models.ModelCatalog;
import io.wanspec.local.models.ModelStore;
import io.wanspec.local.models.WanspecHome;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** {@code wanspec jobs} against queues of the AWS emulator. */
@Timeout(60)
final class JobsCommandTest {
    private static final String REGION = "us-east-1";
    private static final String JOB = "{\"session\":\"sess_1\",\"turn\":7,\"since\":1764000000000}";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final JobQueues queues = new JobQueues(new LocalAws(SharedAwsEmulator.endpoint(), REGION));
    private SqsAsyncClient client;

    @BeforeEach
    void start() {
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

    /** As a running cloud notes it. */
    private void aCloudRuns() throws Exception {
        Files.writeString(
                folder.resolve("local-cloud.json"),
                new JsonMapper()
                        .writeValueAsString(Map.of(
                                "name",
                                "sessions",
                                "region",
                                REGION,
                                "endpoint",
                                SharedAwsEmulator.endpoint().toString(),
                                "pid",
                                ProcessHandle.current().pid())));
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        Console console = Console.of(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                Map.of());
        WanspecHome home = new WanspecHome(folder);
        ModelStore models = ModelStore.open(ModelCatalog.standard(folder), home, Map.of());
        var context = new CliContext(console, home, models, (settings, progress) -> {
            throw new AssertionError("no cloud is started");
        });
        return new WanspecCli(context, new CountDownLatch(0)).run(arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
