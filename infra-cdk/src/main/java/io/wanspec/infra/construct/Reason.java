package io.wanspec.infra.construct;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import java.util.stream.Stream;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * Why a finding of cdk-nag's AwsSolutions pack is none here. All reasons stand in this one place, and so do all wildcards that
 * policies have: there is none but where AWS allows no other.
 */
@SuppressWarnings("ImmutableEnumChecker") // Its lists are copies.
public enum Reason {
    /** Tokens for pulling images are not of one repository. */
    REGISTRY_TOKEN(
            "AwsSolutions-IAM5",
            "ecr:GetAuthorizationToken has no resources; the images themselves are named",
            "ecr:GetAuthorizationToken"),
    /** The namespace is bounded by a condition. */
    METRICS(
            "AwsSolutions-IAM5",
            "cloudwatch:PutMetricData has no resources; a condition bounds the namespace",
            "cloudwatch:PutMetricData"),
    TRACES(
            "AwsSolutions-IAM5",
            "X-Ray's segments have no resources",
            "xray:PutTraceSegments",
            "xray:PutTelemetryRecords"),
    /** What Lambda itself does with a function's role to put it into a network. */
    NETWORK_INTERFACES(
            "AwsSolutions-IAM5",
            "a function's network interfaces are made before they have names, and cannot be described by name",
            "ec2:CreateNetworkInterface",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSubnets",
            "ec2:DeleteNetworkInterface",
            "ec2:AssignPrivateIpAddresses",
            "ec2:UnassignPrivateIpAddresses"),
    GATEWAY_LOGS(
            "AwsSolutions-IAM4",
            "API Gateway writes its logs with one role for account and region, for which AWS names this policy"),
    NO_POOL("AwsSolutions-COG4", "callers show keys of their own kind, which the authorizer checks (docs/access.md)"),
    NO_KEY_YET(
            "AwsSolutions-APIG4",
            "the console's files are the same for everybody, and a browser fetches them before anybody could write a key"),
    READ_BY_FUNCTION(
            "AwsSolutions-APIG2", "requests are checked by the function, field by field, in OpenAI's shape of errors"),
    NO_FIREWALL("AwsSolutions-APIG3", "api.firewall is false in the settings"),
    DEV_BACKUPS("AwsSolutions-DDB3", "profile dev: nothing is kept"),
    KEY_OF_GENERATION(
            "AwsSolutions-SMG4",
            "the relay reads the key when it starts; onSiteWorkers.ticket-key makes another, and tells both sides at once"),
    RECENT_JAVA("AwsSolutions-L1", "the newest Java that Lambda has"),
    IS_DEAD_LETTERS("AwsSolutions-SQS3", "this is the queue of dead letters itself");

    private final String rule;
    private final String why;
    private final List<String> actions;

    Reason(String rule, String why, String... actions) {
        this.rule = rule;
        this.why = why;
        this.actions = List.of(actions);
    }

    /** Actions that may be allowed on every resource, because AWS knows none for them. */
    public List<String> actions() {
        return actions;
    }

    public String why() {
        return why;
    }

    /** Every action of which a policy may say that it is allowed on every resource. */
    public static List<String> wildcards() {
        return Stream.of(values()).flatMap(reason -> reason.actions.stream()).toList();
    }

    /** Suppresses the finding for this resource and what is below it. */
    public static void accept(IConstruct resource, Reason... reasons) {
        NagSuppressions.addResourceSuppressions(
                (Construct) resource,
                Stream.of(reasons)
                        .map(reason -> NagPackSuppression.builder()
                                .id(reason.rule)
                                .reason(reason.why)
                                .build())
                        .toList(),
                true);
    }
}
