package io.wanspec.functions.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.SessionId;
import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.functions.settings.JobSettings;
import io.wanspec.functions.trace.RequestTrace;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Jobs, and those that nobody could do, in real queues. */
final class DeadLettersTest {
    private static final CallerId CALLER = CallerId.of("somebody");
    private static final JobOrigin ORIGIN =
            new JobOrigin(Optional.of(Instant.ofEpochMilli(1_764_000_000_123L)), Optional.of(RequestTrace.fresh()));
    private static final String BODY = new JobMessage(new SessionId("sess_1"), 1500, 3, ORIGIN).write();

    private SqsAsyncClient client;
    private JobSettings settings;
    private SqsJobs jobs;
    private DeadLetters letters;

    @BeforeEach
    void start() {
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
        client = SqsClients.of(settings(URI.create("http://127.0.0.1/none")), credentials);
        settings = settings(queue("jobs"), queue("dead"));
        jobs = new SqsJobs(client, settings, Clock.systemUTC());
        letters = new DeadLetters(client, settings);
    }

    @AfterEach
    void stop() {
        client.close();
    }

    @Test
    void aLetterIsShownWithItsReasonAndStays() {
        jobs.bury(delivery(BODY), "nobody can");

        assertThat(letters.list(10)).extracting(DeadLetters.Letter::reason).containsExactly("nobody can");
        assertThat(letters.list(10)).extracting(DeadLetters.Letter::body).containsExactly(BODY);
    }

    @Test
    void aJobThatIsPutBackHasAllItsTurnsBeforeItAndKeepsItsCallerAgeAndTrace() {
        jobs.bury(delivery(BODY), "nobody could");

        assertThat(letters.redrive(10)).isEqualTo(1);

        Message again = received().getFirst();
        assertThat(JobMessage.read(again.body())).isEqualTo(JobMessage.first(new SessionId("sess_1"), ORIGIN));
        assertThat(again.attributes()).containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, CALLER.value());
        assertThat(letters.list(10)).isEmpty();
    }

    @Test
    void whatIsNoJobIsPutBackAsItWas() {
        jobs.bury(delivery("no job"), "cannot be read");

        assertThat(letters.redrive(10)).isEqualTo(1);
        assertThat(received()).extracting(Message::body).containsExactly("no job");
    }

    @Test
    void whatIsADeadLetterAgainAtOnceIsPutBackOnce() {
        // As if a worker were so quick that each job comes back before the next one is taken.
        JobSettings toItself = settings(Objects.requireNonNull(settings.deadLetters()));
        for (int letter = 0; letter < 3; letter++) {
            jobs.bury(delivery(BODY), "nobody can");
        }

        assertThat(new DeadLetters(client, toItself).redrive(10)).isEqualTo(3);
    }

    private List<Message> received() {
        return client.receiveMessage(r -> r.queueUrl(settings.queue().toString())
                        .waitTimeSeconds(2)
                        .messageSystemAttributeNames(MessageSystemAttributeName.MESSAGE_GROUP_ID))
                .join()
                .messages();
    }

    private URI queue(String name) {
        String fresh = SharedAwsEmulator.freshName(name);
        return URI.create(client.createQueue(q -> q.queueName(fresh)).join().queueUrl());
    }

    private static Delivery delivery(String body) {
        return new Delivery("1", "handle", body, 1, Optional.of(CALLER));
    }

    private static JobSettings settings(URI queue) {
        return settings(queue, queue);
    }

    private static JobSettings settings(URI queue, URI deadLetters) {
        return new JobSettings(
                "us-east-1",
                SharedAwsEmulator.endpoint(),
                queue,
                deadLetters,
                Duration.ofSeconds(30),
                5,
                Duration.ofSeconds(15));
    }
}
