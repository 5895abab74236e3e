package io.wanspec.functions.link;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerAsyncClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/**
 * The secret that a worker on site knows us by. It is read again every few minutes, by one question at a time, for which no thread
 * waits; where that fails, what is known goes on being shown.
 */
final class ShownSecret {
    private static final Logger LOG = LoggerFactory.getLogger(ShownSecret.class);

    /** It is read again so early that nobody need wait for it where calls are frequent. */
    static final Duration READ_AGAIN_AFTER = Duration.ofMinutes(4);

    /** A new secret is shown so much later at the latest; until then the site takes both. */
    static final Duration KEPT = Duration.ofMinutes(5);

    /** Between questions that fail while one is known. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    private static final Duration READ_LIMIT = Duration.ofSeconds(5);

    /** How long a call waits for a new secret that could show the old one. */
    private static final Duration WAIT_MAX = Duration.ofSeconds(2);

    private final SecretsManagerAsyncClient client;
    private final String secret;
    private final Clock clock;
    private final OneQuestion<String> question = new OneQuestion<>();
    private volatile @Nullable String known;
    private Instant readAgainAt = Instant.MIN;
    private Instant keptUntil = Instant.MIN;

    ShownSecret(SecretsManagerAsyncClient client, String secret, Clock clock) {
        this.client = client;
        this.secret = secret;
        this.clock = clock;
    }

    /** To be waited for before {@link #known()}. */
    synchronized CompletableFuture<String> value() {
        String held = known;
        if (held == null) {
            return asked();
        }
        Instant now = clock.instant();
        if (now.isBefore(readAgainAt)) {
            return CompletableFuture.completedFuture(held);
        }
        CompletableFuture<String> renewed = asked();
        return now.isBefore(keptUntil)
                ? CompletableFuture.completedFuture(held)
                : OneQuestion.orHeld(renewed, held, WAIT_MAX);
    }

    /** Once there was a value, there always is one. */
    String known() {
        String held = known;
        if (held == null) {
            throw SdkClientException.create("the secret " + secret + " of the endpoint was never read");
        }
        return held;
    }

    private CompletableFuture<String> asked() {
        return question.asked(() -> read().whenComplete(this::answered));
    }

    /** The limit ends the wait, not the call: see {@code ServiceHttp}. */
    private CompletableFuture<String> read() {
        return client.getSecretValue(get -> get.secretId(secret))
                .copy()
                .orTimeout(READ_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .handle(this::line);
    }

    /** A header holds one line. No failure has a cause, which might quote what was read. */
    private String line(@Nullable GetSecretValueResponse read, @Nullable Throwable thrown) {
        if (read == null) {
            String how = thrown == null
                    ? "nothing"
                    : LinkFailures.unwrap(thrown).getClass().getSimpleName();
            throw SdkClientException.create("the secret " + secret + " of the endpoint cannot be read: " + how);
        }
        String value = read.secretString();
        if (value == null || value.isBlank() || value.strip().lines().count() > 1) {
            throw SdkClientException.create("the secret " + secret + " is not one line of text");
        }
        return value.strip();
    }

    /** Whoever waited in vain was the last to wait for a while: what is known counts as new. */
    private synchronized void answered(@Nullable String value, @Nullable Throwable thrown) {
        Instant now = clock.instant();
        keptUntil = now.plus(KEPT);
        if (value != null) {
            known = value;
            readAgainAt = now.plus(READ_AGAIN_AFTER);
        } else {
            readAgainAt = now.plus(PAUSE);
            LOG.warn("No new secret for an endpoint: {}", LinkFailures.detail(thrown));
        }
    }
}
