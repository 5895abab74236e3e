package io.wanspec.infra.construct;

import io.wanspec.infra.settings.ApiSettings;
import io.wanspec.infra.settings.Deployment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.apigateway.AccessLogFormat;
import software.amazon.awscdk.services.apigateway.AuthorizationType;
import software.amazon.awscdk.services.apigateway.DomainNameOptions;
import software.amazon.awscdk.services.apigateway.EndpointType;
import software.amazon.awscdk.services.apigateway.GatewayResponseOptions;
import software.amazon.awscdk.services.apigateway.LambdaIntegration;
import software.amazon.awscdk.services.apigateway.LogGroupLogDestination;
import software.amazon.awscdk.services.apigateway.MethodLoggingLevel;
import software.amazon.awscdk.services.apigateway.MethodOptions;
import software.amazon.awscdk.services.apigateway.ProxyResourceOptions;
import software.amazon.awscdk.services.apigateway.ResponseTransferMode;
import software.amazon.awscdk.services.apigateway.ResponseType;
import software.amazon.awscdk.services.apigateway.RestApi;
import software.amazon.awscdk.services.apigateway.SecurityPolicy;
import software.amazon.awscdk.services.apigateway.StageOptions;
import software.amazon.awscdk.services.apigateway.TokenAuthorizer;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.wafv2.CfnWebACL;
import software.amazon.awscdk.services.wafv2.CfnWebACLAssociation;
import software.constructs.Construct;

/** The HTTPS address: a REST API, the only kind that streams, with a key checked before every request. */
public final class PublicApi extends Construct {
    /** {@code Authorizer.RESULT_TTL}: how long a revoked key lives. */
    public static final int KEY_SECONDS = 30;

    /** {@code Authorizer.IDENTITY_FORM}: what is no key costs no call. */
    public static final String KEY_FORM = "^[Bb]earer wsk_[0-9a-z]{12}_[0-9A-Za-z]{49}$";

    private static final int FLOOD_PER_FIVE_MINUTES = 2000;

    private final Deployment deployment;

    public PublicApi(
            Construct scope, String id, Deployment deployment, Function api, Function authorizer, @Nullable IKey key) {
        super(scope, id);
        this.deployment = deployment;
        LogGroup logs = Keeping.logs(this, "Logs", "/wanspec/" + deployment.name() + "/api", deployment.profile(), key);
        MethodOptions withKey = MethodOptions.builder()
                .authorizationType(AuthorizationType.CUSTOM)
                .authorizer(TokenAuthorizer.Builder.create(this, "Keys")
                        .handler(authorizer)
                        .validationRegex(KEY_FORM)
                        .resultsCacheTtl(Duration.seconds(KEY_SECONDS))
                        .build())
                .build();
        LambdaIntegration streaming = LambdaIntegration.Builder.create(api)
                .proxy(true)
                .responseTransferMode(ResponseTransferMode.STREAM)
                .timeout(Duration.minutes(RequestFunctions.LIMIT_MINUTES))
                .allowTestInvoke(false)
                .build();
        RestApi rest = rest(logs)
                .defaultIntegration(streaming)
                .defaultMethodOptions(withKey)
                .build();
        // Of the root, too.
        rest.getRoot().addProxy(ProxyResourceOptions.builder().anyMethod(true).build());
        if (deployment.api().console()) {
            ConsoleRoutes.add(rest, streaming);
            output("ConsoleUrl", "For people: a page that runs requests and shows them", url(rest, "/console"));
        }
        errors(rest);
        Reason.accept(rest, Reason.NO_POOL, Reason.READ_BY_FUNCTION, Reason.GATEWAY_LOGS);
        if (deployment.api().firewall()) {
            firewall(rest);
        } else {
            Reason.accept(rest, Reason.NO_FIREWALL);
        }
        output("BaseUrl", "For OpenAI's clients", url(rest, "/v1"));
    }

    private void output(String id, String description, String value) {
        CfnOutput.Builder.create(this, id).description(description).value(value).build();
    }

    private String url(RestApi rest, String path) {
        String domain = deployment.api().domain();
        return domain == null ? rest.urlForPath(path) : "https://" + domain + path;
    }

    private RestApi.Builder rest(LogGroup logs) {
        RestApi.Builder rest = RestApi.Builder.create(this, "Rest")
                .restApiName(deployment.name())
                .description("WANSpec: OpenAI-compatible, streaming")
                .endpointTypes(List.of(EndpointType.REGIONAL))
                .cloudWatchRole(true)
                .deployOptions(StageOptions.builder()
                        .stageName("live")
                        .accessLogDestination(new LogGroupLogDestination(logs))
                        // Neither headers nor bodies: no key and no prompt.
                        .accessLogFormat(AccessLogFormat.custom("{\"request\":\"$context.requestId\",\"status\":"
                                + "\"$context.status\",\"method\":\"$context.httpMethod\",\"route\":"
                                + "\"$context.resourcePath\",\"ms\":\"$context.responseLatency\",\"error\":"
                                + "\"$context.error.responseType\"}"))
                        .loggingLevel(MethodLoggingLevel.ERROR)
                        .dataTraceEnabled(false)
                        .metricsEnabled(true)
                        .tracingEnabled(true)
                        .throttlingRateLimit(deployment.api().requestsPerSecond())
                        .throttlingBurstLimit(2 * deployment.api().requestsPerSecond())
                        .methodOptions(deployment.api().console() ? ConsoleRoutes.limits() : null)
                        .build());
        ApiSettings api = deployment.api();
        if (api.domain() != null) {
            rest.disableExecuteApiEndpoint(true)
                    .domainName(DomainNameOptions.builder()
                            .domainName(api.domain())
                            .certificate(Certificate.fromCertificateArn(
                                    this, "Certificate", Objects.requireNonNull(api.certificate())))
                            .securityPolicy(SecurityPolicy.TLS_1_2)
                            .endpointType(EndpointType.REGIONAL)
                            .build());
        }
        return rest;
    }

    /** What the gateway answers by itself, in the shape that OpenAI's clients read. */
    private static void errors(RestApi rest) {
        error(rest, "Unauthorized", ResponseType.UNAUTHORIZED, "401", "invalid_request_error", "invalid_api_key");
        error(rest, "Denied", ResponseType.ACCESS_DENIED, "401", "invalid_request_error", "invalid_api_key");
        busy(rest, "Throttled", ResponseType.THROTTLED, "rate_limit_exceeded", "1");
        busy(rest, "Quota", ResponseType.QUOTA_EXCEEDED, "insufficient_quota", "3600");
        error(rest, "TooLarge", ResponseType.REQUEST_TOO_LARGE, "413", "invalid_request_error", "body_too_large");
        error(rest, "Filtered", ResponseType.WAF_FILTERED, "403", "invalid_request_error", "refused_by_firewall");
        error(rest, "KeysUnchecked", ResponseType.AUTHORIZER_FAILURE, "503", "server_error", "access_unavailable");
        error(rest, "Failed", ResponseType.INTEGRATION_FAILURE, "502", "server_error", "function_failed");
        error(rest, "TooLate", ResponseType.INTEGRATION_TIMEOUT, "504", "server_error", "deadline_exceeded");
        // What has no answer of its own keeps its own status.
        error(rest, "Other", ResponseType.DEFAULT_5_XX, null, "server_error", "gateway_error");
    }

    /** @param seconds after which it makes sense to come again */
    private static void busy(RestApi rest, String id, ResponseType type, String code, String seconds) {
        // In single quotes: a text as it stands.
        error(rest, id, type, "429", "rate_limit_error", code, Map.of("retry-after", "'" + seconds + "'"));
    }

    private static void error(
            RestApi rest, String id, ResponseType type, @Nullable String status, String kind, String code) {
        error(rest, id, type, status, kind, code, Map.of());
    }

    private static void error(
            RestApi rest,
            String id,
            ResponseType type,
            @Nullable String status,
            String kind,
            String code,
            Map<String, String> more) {
        Map<String, String> headers = new TreeMap<>(more);
        headers.put("x-request-id", "context.requestId");
        rest.addGatewayResponse(
                id,
                GatewayResponseOptions.builder()
                        .type(type)
                        .statusCode(status)
                        .responseHeaders(headers)
                        .templates(Map.of(
                                "application/json",
                                "{\"error\":{\"message\":$context.error.messageString,\"type\":\"" + kind
                                        + "\",\"param\":null,\"code\":\"" + code + "\"}}"))
                        .build());
    }

    /** By address only. Rules that read bodies take prompts for attacks: they may hold anything. */
    private void firewall(RestApi rest) {
        CfnWebACL acl = CfnWebACL.Builder.create(this, "Firewall")
                .name(deployment.name())
                .scope("REGIONAL")
                .defaultAction(CfnWebACL.DefaultActionProperty.builder()
                        .allow(CfnWebACL.AllowActionProperty.builder().build())
                        .build())
                .visibilityConfig(seen("all"))
                .rules(List.of(reputation(), flood()))
                .build();
        CfnWebACLAssociation.Builder.create(this, "FirewallOfApi")
                .resourceArn(rest.getDeploymentStage().getStageArn())
                .webAclArn(acl.getAttrArn())
                .build();
    }

    private CfnWebACL.RuleProperty reputation() {
        return CfnWebACL.RuleProperty.builder()
                .name("known-bad-addresses")
                .priority(0)
                .overrideAction(CfnWebACL.OverrideActionProperty.builder()
                        .none(Map.of())
                        .build())
                .statement(CfnWebACL.StatementProperty.builder()
                        .managedRuleGroupStatement(CfnWebACL.ManagedRuleGroupStatementProperty.builder()
                                .vendorName("AWS")
                                .name("AWSManagedRulesAmazonIpReputationList")
                                .build())
                        .build())
                .visibilityConfig(seen("known-bad-addresses"))
                .build();
    }

    private CfnWebACL.RuleProperty flood() {
        return CfnWebACL.RuleProperty.builder()
                .name("flood")
                .priority(1)
                .action(CfnWebACL.RuleActionProperty.builder()
                        .block(CfnWebACL.BlockActionProperty.builder().build())
                        .build())
                .statement(CfnWebACL.StatementProperty.builder()
                        .rateBasedStatement(CfnWebACL.RateBasedStatementProperty.builder()
                                .aggregateKeyType("IP")
                                .limit(FLOOD_PER_FIVE_MINUTES)
                                .build())
                        .build())
                .visibilityConfig(seen("flood"))
                .build();
    }

    private CfnWebACL.VisibilityConfigProperty seen(String rule) {
        return CfnWebACL.VisibilityConfigProperty.builder()
                .cloudWatchMetricsEnabled(true)
                .sampledRequestsEnabled(false)
                .metricName(deployment.name() + "-" + rule)
                .build();
    }
}
