package io.wanspec.functions.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.wanspec.functions.resume.TestTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerAsyncClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/** What a site is shown while its secret changes and Secrets Manager does as it likes. */
@Timeout(60)
final class ShownSecretTest {
    private final TestTime time = new TestTime(Instant.parse("2126-01-01T00:00:00Z"));
    private final Questions manager = new Questions();
    private final ShownSecret secret = new ShownSecret(manager, "site", time);

    /** Secrets Manager whose answers the test gives. */
    private static final class Questions implements SecretsManagerAsyncClient {
        final List<CompletableFuture<GetSecretValueResponse>> asked = new ArrayList<>();

        @Override
        public CompletableFuture<GetSecretValueResponse> getSecretValue(GetSecretValueRequest request) {
            var question = new CompletableFuture<GetSecretValueResponse>();
            asked.add(question);
            return question;
        }

        void give(String value) {
            asked.getLast()
                    .complete(
                            GetSecretValueResponse.builder().secretString(value).build());
        }

        void fail() {
            asked.getLast().completeExceptionally(SdkClientException.create("said: old value"));
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    @Test
    void allWhoComeFirstWaitForOneQuestionAndShareItsFailure() {
        var first = secret.value();
        var second = secret.value();
        assertThat(first).isNotDone();
        assertThat(manager.asked).hasSize(1);
        manager.fail();
        for (var waited : List.of(first, second)) {
            assertThatThrownBy(waited::join)
                    .isInstanceOf(CompletionException.class)
                    .hasMessageContaining("cannot be read: SdkClientException")
                    .hasMessageNotContaining("old value");
        }
        var next = secret.value();
        manager.give("one\n");
        assertThat(next.join()).isEqualTo("one");
        assertThat(secret.known()).isEqualTo("one");
    }

    @Test
    void oneThatNeverWasReadIsNotShown() {
        assertThatThrownBy(secret::known).isInstanceOf(SdkClientException.class);
    }

    @Test
    void theKnownOneIsShownAtOnceWhileItIsReadAnew() {
        known("one");
        time.pass(ShownSecret.READ_AGAIN_AFTER);
        assertThat(secret.value()).isCompletedWithValue("one");
        assertThat(secret.value()).isCompletedWithValue("one");
        assertThat(manager.asked).hasSize(2);
        manager.give("two");
        assertThat(secret.value()).isCompletedWithValue("two");
        assertThat(secret.known()).isEqualTo("two");
        assertThat(manager.asked).hasSize(2);
    }

    @Test
    void whoComesAfterALongWhileIsGivenTheNewOne() {
        known("one");
        time.pass(ShownSecret.KEPT);
        var waits = secret.value();
        assertThat(waits).isNotDone();
        manager.give("two");
        assertThat(waits.join()).isEqualTo("two");
    }

    @Test
    void whereNobodyAnswersTheKnownOneIsShown() {
        known("one");
        time.pass(ShownSecret.KEPT);
        assertThat(secret.value().join()).isEqualTo("one");
    }

    @Test
    void inAnOutageOneQuestionIsWaitedForAndTheOthersAreAskedNowAndThen() {
        known("one");
        time.pass(ShownSecret.KEPT);
        var waits = secret.value();
        manager.fail();
        assertThat(waits.join()).isEqualTo("one");
        assertThat(secret.value()).isCompletedWithValue("one");
        assertThat(manager.asked).hasSize(2);
        time.pass(ShownSecret.PAUSE);
        assertThat(secret.value()).isCompletedWithValue("one");
        assertThat(manager.asked).hasSize(3);
        manager.give("two");
        assertThat(secret.value()).isCompletedWithValue("two");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "private\nlines"})
    void aNewOneThatIsNoLineIsNeitherShownNorSaid(String bad) {
        var said = new ListAppender<ILoggingEvent>();
        said.start();
        var log = (Logger) LoggerFactory.getLogger(ShownSecret.class);
        log.addAppender(said);
        try {
            known("one");
            time.pass(ShownSecret.READ_AGAIN_AFTER);
            assertThat(secret.value()).isCompletedWithValue("one");
            manager.give(bad);
        } finally {
            log.detachAppender(said);
        }
        assertThat(secret.value()).isCompletedWithValue("one");
        assertThat(said.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("not one line")
                .doesNotContain("private")
                .doesNotContain("one\n");
    }

    private void known(String value) {
        var first = secret.value();
        manager.give(value);
        assertThat(first.join()).isEqualTo(value);
    }
}
