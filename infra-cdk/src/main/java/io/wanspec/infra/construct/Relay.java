package io.wanspec.infra.construct;

import io.wanspec.infra.settings.Deployment;
import io.wanspec.infra.settings.EndpointPlan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.AccountPrincipal;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretStringGenerator;
import software.constructs.Construct;

/**
 * Where workers on site and functions meet (decision 50): an endpoint without a model, the key that both seal and open tickets with, and
 * what workers become to dial it.
 */
public final class Relay extends Construct {
    /** Is in the name of everything here. */
    public static final String ID = "Relay";

    /** What functions do with it: they ask who is there, and open streams. */
    static final List<String> FUNCTIONS_ACTIONS =
            List.of("sagemaker:InvokeEndpoint", "sagemaker:InvokeEndpointWithBidirectionalStream");

    private static final int KEY_LENGTH = 64;

    private final String ticketKey;

    /** @param key of its logs; absent: AWS's own */
    public Relay(Construct scope, Deployment deployment, EndpointPlan plan, @Nullable IKey key, AlarmTopic alarms) {
        super(scope, ID);
        this.ticketKey = ticketKey(deployment.ticketKeyGeneration());
        ModelEndpoint.relay(
                this,
                "Endpoint",
                deployment.relayEndpoint(),
                Map.of("WANSPEC_ROLE", "relay", "WANSPEC_TICKET_KEY", ticketKey),
                plan,
                deployment.profile(),
                key,
                alarms);
        dialRole(deployment);
    }

    /** A reference, which CloudFormation puts the key in for: no template has it. */
    String ticketKey() {
        return ticketKey;
    }

    /** The generation is in its name: a new number makes another one, and both sides get it in one update. */
    private String ticketKey(int generation) {
        Secret secret = Secret.Builder.create(this, "TicketKey" + generation)
                .description("What WANSpec's API and its relay seal the tickets of workers on site with")
                .generateSecretString(SecretStringGenerator.builder()
                        .passwordLength(KEY_LENGTH)
                        .excludePunctuation(true)
                        .build())
                // It is of no use without what it was made for.
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        Reason.accept(secret, Reason.KEY_OF_GENERATION);
        return secret.getSecretValue().unsafeUnwrap();
    }

    /** The function api gives credentials of it to workers, for a quarter of an hour (functions: AssumedDialRole). */
    private void dialRole(Deployment deployment) {
        String account = deployment.target().site().account();
        String api = "arn:aws:iam::" + account + ":role/" + RequestFunctions.roleName(deployment, "api");
        Role role = Role.Builder.create(this, "DialRole")
                .roleName(deployment.dialRole())
                .description("Opens streams to the relay " + deployment.relayEndpoint() + " for workers on site")
                .assumedBy(new PrincipalWithConditions(
                        new AccountPrincipal(account), Map.of("ArnEquals", Map.of("aws:PrincipalArn", api))))
                .build();
        role.addToPolicy(Allow.on(endpointArn(deployment), "sagemaker:InvokeEndpointWithBidirectionalStream"));
        LintNotes.hasNewerActions(role);
    }

    static String endpointArn(Deployment deployment) {
        return RequestFunctions.endpoint(
                deployment.target().site().region(), deployment.target().site().account(), deployment.relayEndpoint());
    }

    static String dialRoleArn(Deployment deployment) {
        return "arn:aws:iam::" + deployment.target().site().account() + ":role/" + deployment.dialRole();
    }
}
