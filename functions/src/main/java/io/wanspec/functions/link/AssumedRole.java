package io.wanspec.functions.link;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;
import software.amazon.awssdk.services.sts.StsAsyncClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Credentials of a role in another account, taken once for all calls and again before they expire. The SDK's own would block. */
final class AssumedRole implements AwsCredentialsProvider {
    private static final Logger LOG = LoggerFactory.getLogger(AssumedRole.class);

    /** As long as one role may be taken by another, which functions have. */
    private static final Duration LIFE = Duration.ofHours(1);

    /** A link lasts half an hour, and its frames are signed with what it was opened with. */
    static final Duration LEFT_MIN = Duration.ofMinutes(31);

    /** New ones are asked for so early that nobody need wait for them where calls are frequent. */
    static final Duration RENEWED_WITH = LEFT_MIN.plusMinutes(5);

    /** Between questions that fail while the old credentials last. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    /** How long a call waits for new credentials that could do with the old ones. */
    private static final Duration WAIT_MAX = Duration.ofSeconds(5);

    private static final String SESSION = "wanspec";

    private final StsAsyncClient sts;
    private final String role;
    private final Clock clock;
    private final OneQuestion<AwsSessionCredentials> question = new OneQuestion<>();
    private @Nullable AwsSessionCredentials known;
    private Instant pausedUntil = Instant.MIN;

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

    /** Those that are known, until they expire. Whoever has none asks, whatever failed before. */
    private synchronized CompletableFuture<AwsSessionCredentials> current() {
        AwsSessionCredentials held = known;
        if (held == null || !last(held, Duration.ZERO)) {
            return asked();
        }
        if (last(held, RENEWED_WITH) || clock.instant().isBefore(pausedUntil)) {
            return CompletableFuture.completedFuture(held);
        }
        CompletableFuture<AwsSessionCredentials> renewed = asked();
        return last(held, LEFT_MIN)
                ? CompletableFuture.completedFuture(held)
                : OneQuestion.orHeld(renewed, held, WAIT_MAX);
    }

    private boolean last(AwsSessionCredentials credentials, Duration span) {
        return credentials
                .expirationTime()
                .map(end -> clock.instant().plus(span).isBefore(end))
                .orElse(false);
    }

    private CompletableFuture<AwsSessionCredentials> asked() {
        return question.asked(() -> take().whenComplete(this::answered));
    }

    private synchronized void answered(@Nullable AwsSessionCredentials given, @Nullable Throwable thrown) {
        if (given != null) {
            known = given;
        } else {
            pausedUntil = clock.instant().plus(PAUSE);
            LOG.warn("The role {} cannot be taken: {}", role, LinkFailures.detail(thrown));
        }
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
