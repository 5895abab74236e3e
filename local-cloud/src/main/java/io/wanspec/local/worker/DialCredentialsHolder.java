package io.wanspec.local.worker;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** The credentials with which a worker dials: those that came with a ticket last, or, where none are checked, any. */
final class DialCredentialsHolder implements AwsCredentialsProvider {
    /** New ones are asked for so early that a stream which is dialled just before finds good ones. */
    private static final Duration LEFT_MIN = Duration.ofMinutes(5);

    private volatile JoinReply.@Nullable DialKeys keys;
    private volatile boolean unneeded;

    /** @param next absent if none came though they were asked for: none are needed */
    void take(JoinReply.@Nullable DialKeys next) {
        keys = next == null ? keys : next;
        unneeded = keys == null;
    }

    boolean areNeeded(Instant now) {
        JoinReply.DialKeys held = keys;
        return !unneeded && (held == null || now.plus(LEFT_MIN).isAfter(held.expiresAt()));
    }

    @Override
    public AwsCredentials resolveCredentials() {
        JoinReply.DialKeys held = keys;
        return held == null
                ? AwsBasicCredentials.create("local", "local")
                : AwsSessionCredentials.create(held.accessKeyId(), held.secretAccessKey(), held.sessionToken());
    }
}
