package io.wanspec.functions.link;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerAsyncClient;

/** Shows a worker on site the secret that it knows us by, in a header that is signed with the rest. It is read again every few minutes. */
final class ShownSecret implements ExecutionInterceptor {
    static final String HEADER = "x-wanspec-secret";

    /** A new secret is shown so much later at the latest; until then the site takes both. */
    private static final Duration KEPT = Duration.ofMinutes(5);

    private static final Duration READ_LIMIT = Duration.ofSeconds(5);

    private record Read(String value, Instant at) {}

    private final SecretsManagerAsyncClient client;
    private final String secret;
    private final Clock clock;
    private @Nullable Read last;

    ShownSecret(SecretsManagerAsyncClient client, String secret, Clock clock) {
        this.client = client;
        this.secret = secret;
        this.clock = clock;
    }

    @Override
    public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        return context.httpRequest().toBuilder().putHeader(HEADER, value()).build();
    }

    /** Of several calls one reads, and the others wait for it. */
    private synchronized String value() {
        Read known = last;
        if (known == null || clock.instant().isAfter(known.at().plus(KEPT))) {
            known = read(known);
            last = known;
        }
        return known.value();
    }

    /** Where Secrets Manager is away, what is known goes on being shown. */
    private Read read(@Nullable Read known) {
        try {
            String value = client.getSecretValue(get -> get.secretId(secret))
                    .get(READ_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .secretString();
            return new Read(text(value), clock.instant());
        } catch (ExecutionException | TimeoutException e) {
            if (known != null) {
                return new Read(known.value(), clock.instant());
            }
            // Not its cause, which might quote what it read.
            throw SdkClientException.create("the secret " + secret + " of the endpoint cannot be read");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SdkClientException.create("interrupted");
        }
    }

    /** A header holds one line. */
    private String text(@Nullable String value) {
        if (value == null || value.isBlank() || value.strip().lines().count() > 1) {
            throw SdkClientException.create("the secret " + secret + " is not one line of text");
        }
        return value.strip();
    }
}
