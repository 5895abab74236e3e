package io.wanspec.functions.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.functions.resume.TestTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.services.sts.StsAsyncClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;

/** What calls with a role are signed with while its credentials grow old and STS does as it likes. */
@Timeout(60)
final class AssumedRoleTest {
    private static final Duration LIFE = Duration.ofHours(1);
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private final TestTime time = new TestTime(Instant.parse("2126-01-01T00:00:00Z"));
    private final Questions sts = new Questions();
    private final AssumedRole role = new AssumedRole(sts, "arn:aws:iam::222222222222:role/caller", time);

    /** STS whose answers the test gives. */
    private static final class Questions implements StsAsyncClient {
        final List<CompletableFuture<AssumeRoleResponse>> asked = new ArrayList<>();

        @Override
        public CompletableFuture<AssumeRoleResponse> assumeRole(AssumeRoleRequest request) {
            var question = new CompletableFuture<AssumeRoleResponse>();
            asked.add(question);
            return question;
        }

        void fail() {
            asked.getLast().completeExceptionally(SdkClientException.create("away"));
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    @Test
    void allWhoComeFirstWaitForOneQuestion() {
        var first = call();
        var second = call();
        assertThat(first).isNotDone();
        give("one");
        assertThat(List.of(key(first), key(second), key(call()))).containsOnly("one");
        assertThat(sts.asked).hasSize(1);
    }

    @Test
    void newOnesAreAskedForInTimeAndTheOldOnesUsedUntilTheyHaveCome() {
        known("one");
        ageUntilLeft(AssumedRole.RENEWED_WITH);
        assertThat(key(call())).isEqualTo("one");
        assertThat(key(call())).isEqualTo("one");
        assertThat(sts.asked).hasSize(2);
        give("two");
        assertThat(key(call())).isEqualTo("two");
        assertThat(sts.asked).hasSize(2);
    }

    @Test
    void whoFindsThemTooOldForALinkWaitsForNewOnes() {
        known("one");
        ageUntilLeft(AssumedRole.LEFT_MIN);
        var waits = call();
        assertThat(waits).isNotDone();
        give("two");
        assertThat(key(waits)).isEqualTo("two");
    }

    @Test
    void whereStsIsAwayTheOldOnesAreUsedUntilTheyExpireAndItIsAskedNowAndThen() {
        known("one");
        ageUntilLeft(AssumedRole.LEFT_MIN);
        var waits = call();
        sts.fail();
        assertThat(key(waits)).isEqualTo("one");
        assertThat(key(call())).isEqualTo("one");
        assertThat(sts.asked).hasSize(2);
        time.pass(AssumedRole.PAUSE);
        var again = call();
        assertThat(sts.asked).hasSize(3);
        give("two");
        assertThat(key(again)).isEqualTo("two");
    }

    @Test
    void expiredOnesAreNotUsedAndWhoHasNoneAsksWhateverFailedBefore() {
        known("one");
        ageUntilLeft(A_MOMENT);
        var last = call();
        sts.fail();
        assertThat(key(last)).isEqualTo("one");
        time.pass(A_MOMENT);
        var none = call();
        sts.fail();
        assertThatThrownBy(none::join).isInstanceOf(CompletionException.class).hasMessageContaining("away");
        var next = call();
        give("two");
        assertThat(key(next)).isEqualTo("two");
    }

    private CompletableFuture<? extends AwsCredentialsIdentity> call() {
        return role.resolveIdentity();
    }

    private static String key(CompletableFuture<? extends AwsCredentialsIdentity> credentials) {
        return credentials.join().accessKeyId();
    }

    private void known(String key) {
        var first = call();
        give(key);
        assertThat(key(first)).isEqualTo(key);
    }

    private void give(String key) {
        sts.asked
                .getLast()
                .complete(AssumeRoleResponse.builder()
                        .credentials(given -> given.accessKeyId(key)
                                .secretAccessKey("secret")
                                .sessionToken("token")
                                .expiration(time.instant().plus(LIFE)))
                        .build());
    }

    private void ageUntilLeft(Duration left) {
        time.pass(LIFE.minus(left));
    }
}
