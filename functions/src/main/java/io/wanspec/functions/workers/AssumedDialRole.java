package io.wanspec.functions.workers;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sts.StsAsyncClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * Credentials of a role that may do nothing but open streams to the relay, for as short as AWS gives any. The policy that goes along
 * says the same once more, so that a role that is made wider by mistake makes no worker's credentials wider. Single calls are not in it: a
 * worker makes none.
 */
public final class AssumedDialRole implements DialAccess {
    static final Duration LIFE = Duration.ofMinutes(15);
    private static final int WAIT_SECONDS = 5;

    private final StsAsyncClient sts;
    private final String role;
    private final String policy;

    /** @param relayArn of the endpoint */
    public AssumedDialRole(StsAsyncClient sts, String role, String relayArn) {
        this.sts = sts;
        this.role = role;
        this.policy = policy(relayArn);
    }

    private static String policy(String relayArn) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                + "\"Action\":\"sagemaker:InvokeEndpointWithBidirectionalStream\",\"Resource\":\""
                + relayArn + "\"}]}";
    }

    @Override
    public Optional<JoinOutcome.DialCredentials> credentials(String worker) {
        AssumeRoleRequest ask = AssumeRoleRequest.builder()
                .roleArn(role)
                .roleSessionName(worker)
                .policy(policy)
                .durationSeconds(Math.toIntExact(LIFE.toSeconds()))
                .build();
        try {
            Credentials given = sts.assumeRole(ask)
                    .orTimeout(WAIT_SECONDS, TimeUnit.SECONDS)
                    .join()
                    .credentials();
            return Optional.of(new JoinOutcome.DialCredentials(
                    given.accessKeyId(), given.secretAccessKey(), given.sessionToken(), given.expiration()));
        } catch (CompletionException failed) {
            throw SdkClientException.create("the role of workers cannot be taken", failed);
        }
    }
}
