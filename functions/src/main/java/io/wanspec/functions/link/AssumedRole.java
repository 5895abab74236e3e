package io.wanspec.functions.link;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;
import software.amazon.awssdk.services.sts.StsAsyncClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Credentials of a role in another account, taken once for all calls and again before they expire. The SDK's own would block. */
final class AssumedRole implements AwsCredentialsProvider {
    /** As long as one role may be taken by another, which functions have. */
    private static final Duration LIFE = Duration.ofHours(1);

    /** A link lasts half an hour, and its frames are signed with what it was opened with. */
    private static final Duration LEFT_MIN = Duration.ofMinutes(31);

    private static final String SESSION = "wanspec";

    private final StsAsyncClient sts;
    private final String role;
    private final Clock clock;
    private @Nullable CompletableFuture<AwsSessionCredentials> last;

    AssumedRole(StsAsyncClient sts, String role, Clock clock) {
        this.sts = sts;
        this.role = role;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<AwsCredentialsIdentity> resolveIdentity(ResolveIdentityRequest request) {
        return current().thenApply(credentials -> credentials);
    }

    @Override
    public AwsCredentials resolveCredentials() {
        return current().join();
    }

    /** One question at a time; what failed is asked again by whoever comes next. */
    private synchronized CompletableFuture<AwsSessionCredentials> current() {
        CompletableFuture<AwsSessionCredentials> known = last;
        if (known == null || !isUsable(known)) {
            known = take();
            last = known;
        }
        return known;
    }

    private boolean isUsable(CompletableFuture<AwsSessionCredentials> known) {
        return !known.isDone()
                || (!known.isCompletedExceptionally()
                        && known.join()
                                .expirationTime()
                                .map(end -> clock.instant().plus(LEFT_MIN).isBefore(end))
                                .orElse(false));
    }

    private CompletableFuture<AwsSessionCredentials> take() {
        return sts.assumeRole(ask ->
                        ask.roleArn(role).roleSessionName(SESSION).durationSeconds(Math.toIntExact(LIFE.toSeconds())))
                .thenApply(answer -> session(answer.credentials()));
    }

    private static AwsSessionCredentials session(Credentials given) {
        return AwsSessionCredentials.builder()
                .accessKeyId(given.accessKeyId())
                .secretAccessKey(given.secretAccessKey())
                .sessionToken(given.sessionToken())
                .expirationTime(given.expiration())
                .build();
    }
}
