package io.wanspec.infra;

import static io.wanspec.infra.Synthesised.DEV;
import static io.wanspec.infra.Synthesised.EXAMPLE;
import static io.wanspec.infra.Synthesised.NARROW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.infra.construct.PublicApi;
import io.wanspec.infra.plan.CostLine;
import io.wanspec.infra.plan.Estimate;
import io.wanspec.simulator.region.PriceTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

/** What the stacks hold; and golden templates, so that a reviewer sees what a change does to the infrastructure. */
class StacksTest {
    private static final String TARGET = "wanspec-target";
    private static final JsonMapper PRETTY = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT, SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    @Test
    void stacksAreByRegionDraftsFirst() {
        assertThat(Synthesised.templates(EXAMPLE).keySet())
                .containsExactly(
                        "wanspec-draft-ohio",
                        "wanspec-draft-oregon",
                        "wanspec-draft-ireland",
                        TARGET,
                        "wanspec-observability");
        assertThat(Synthesised.stack(EXAMPLE, "wanspec-draft-ireland").getAccount())
                .isEqualTo("222222222222");
        assertThat(Synthesised.stack(EXAMPLE, "wanspec-draft-ireland").getRegion())
                .isEqualTo("eu-west-1");
        assertThat(Synthesised.templates(DEV).keySet())
                .containsExactly("wanspec-dev-target", "wanspec-dev-observability");
    }

    @TestFactory
    Stream<DynamicTest> templatesAreTheGoldenOnes() {
        return Stream.of(EXAMPLE, DEV)
                .flatMap(which -> Synthesised.templates(which).entrySet().stream()
                        .map(entry -> dynamicTest(entry.getKey(), () -> compare(entry.getKey(), entry.getValue()))));
    }

    private static void compare(String name, Template template) throws IOException {
        Path golden = Path.of("src", "test", "resources", "golden", "templates", name + ".json");
        String is = PRETTY.writeValueAsString(template.toJSON()) + "\n";
        if ("write".equals(System.getProperty("wanspec.golden"))) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, is);
        }
        assertThat(is).isEqualTo(Files.readString(golden));
    }

    @TestFactory
    Stream<DynamicTest> nagFindsNothingThatIsNotExplained() {
        return Stream.of(EXAMPLE, DEV, NARROW, Synthesised.BUILT, Synthesised.CONSOLE)
                .flatMap(which -> Synthesised.app(which).stacks().stream()
                        .map(stack -> dynamicTest(which + " " + stack.getStackName(), () -> {
                            Annotations notes = Annotations.fromStack(stack);
                            notes.hasNoError("*", Match.anyValue());
                            notes.hasNoWarning("*", Match.anyValue());
                        })));
    }

    @Test
    void theApiStreamsBehindItsAuthorizer() {
        Template target = Synthesised.template(EXAMPLE, TARGET);
        target.hasResourceProperties(
                "AWS::ApiGateway::Method",
                Map.of(
                        "HttpMethod",
                        "ANY",
                        "AuthorizationType",
                        "CUSTOM",
                        "Integration",
                        Match.objectLike(Map.of("ResponseTransferMode", "STREAM", "TimeoutInMillis", 900_000))));
        target.hasResourceProperties(
                "AWS::ApiGateway::Authorizer",
                Map.of(
                        "AuthorizerResultTtlInSeconds",
                        PublicApi.KEY_SECONDS,
                        "IdentityValidationExpression",
                        PublicApi.KEY_FORM));
        assertThat(uriOf(Synthesised.json(target))).contains("/response-streaming-invocations");
        target.hasResourceProperties(
                "AWS::Lambda::Function",
                Map.of("FunctionName", "wanspec-api", "Handler", "run.sh", "Runtime", "java25", "Timeout", 900));
    }

    @Test
    void whatTheGatewayAnswersItselfHasOpenAisShape() {
        Map<String, JsonNode> answers = Synthesised.resources(
                        Synthesised.json(Synthesised.template(EXAMPLE, TARGET)), "AWS::ApiGateway::GatewayResponse")
                .values()
                .stream()
                .map(answer -> answer.path("Properties"))
                .collect(Collectors.toMap(answer -> answer.path("ResponseType").asText(), answer -> answer));
        assertThat(answers)
                .containsKeys(
                        "INTEGRATION_FAILURE", "INTEGRATION_TIMEOUT", "DEFAULT_5XX", "THROTTLED", "QUOTA_EXCEEDED");
        assertThat(answers.values())
                .allMatch(answer -> answer.at("/ResponseTemplates/application~1json")
                        .asText()
                        .startsWith("{\"error\":{\"message\":"));
        assertThat(List.of("THROTTLED", "QUOTA_EXCEEDED")).allSatisfy(type -> {
            JsonNode answer = Objects.requireNonNull(answers.get(type));
            assertThat(answer.path("StatusCode").asText()).isEqualTo("429");
            assertThat(answer.at("/ResponseParameters/gatewayresponse.header.retry-after")
                            .asText())
                    .matches("'[0-9]+'");
        });
    }

    private static String uriOf(JsonNode template) {
        return Synthesised.resources(template, "AWS::ApiGateway::Method").values().stream()
                .map(method -> method.at("/Properties/Integration/Uri").toString())
                .reduce("", String::concat);
    }

    @Test
    void queuesHaveDeadLettersAndAreServedInPart() {
        Template target = Synthesised.template(EXAMPLE, TARGET);
        target.hasResourceProperties(
                "AWS::SQS::Queue",
                Map.of("VisibilityTimeout", 5400, "RedrivePolicy", Match.objectLike(Map.of("maxReceiveCount", 10))));
        target.hasResourceProperties(
                "AWS::Lambda::EventSourceMapping",
                Map.of("BatchSize", 1, "FunctionResponseTypes", List.of("ReportBatchItemFailures")));
    }

    @Test
    void whatHoldsDataStaysInProdAndGoesInDev() {
        assertThat(removal(EXAMPLE, "AWS::DynamoDB::Table")).containsOnly("Retain");
        assertThat(removal(EXAMPLE, "AWS::KMS::Key")).containsOnly("Retain");
        assertThat(removal(EXAMPLE, "AWS::Logs::LogGroup")).containsOnly("Retain");
        assertThat(removal(DEV, "AWS::DynamoDB::Table")).containsOnly("Delete");
        assertThat(removal(DEV, "AWS::Logs::LogGroup")).containsOnly("Delete");
        Synthesised.template(EXAMPLE, TARGET)
                .hasResourceProperties(
                        "AWS::DynamoDB::Table",
                        Map.of(
                                "DeletionProtectionEnabled",
                                true,
                                "PointInTimeRecoverySpecification",
                                Map.of("PointInTimeRecoveryEnabled", true),
                                "SSESpecification",
                                Match.objectLike(Map.of("SSEEnabled", true, "SSEType", "KMS"))));
        assertThat(Synthesised.app(EXAMPLE).stacks())
                .allMatch(stack -> Boolean.TRUE.equals(stack.getTerminationProtection()));
    }

    private static List<String> removal(String which, String type) {
        return Synthesised.templates(which).values().stream()
                .flatMap(template -> Synthesised.resources(Synthesised.json(template), type).values().stream())
                .map(resource -> resource.path("DeletionPolicy").asText())
                .toList();
    }

    @Test
    void everyLogIsKeptForATimeAndEveryAlarmHasAReceiver() {
        everywhere("AWS::Logs::LogGroup")
                .forEach(log -> assertThat(log.path("RetentionInDays").isInt())
                        .as("%s", log)
                        .isTrue());
        List<JsonNode> alarms = everywhere("AWS::CloudWatch::Alarm").toList();
        assertThat(alarms).hasSizeGreaterThan(20);
        alarms.forEach(alarm ->
                assertThat(alarm.path("AlarmActions").size()).as("%s", alarm).isOne());
        everywhere("AWS::SNS::Subscription")
                .forEach(subscription ->
                        assertThat(subscription.path("Protocol").asText()).isEqualTo("email"));
    }

    @Test
    void everyAlarmIsExplained() throws IOException {
        String operations = Files.readString(Path.of("..", "docs", "operations.md"));
        everywhere("AWS::CloudWatch::Alarm")
                .map(alarm -> alarm.path("AlarmName").asText().replaceFirst("^wanspec-(dev-)?", ""))
                .map(name -> name.replaceFirst("^draft-[a-z]+-(errors|hours)$", "draft-ID-$1")
                        .replaceFirst("^.*-overhead$", "...-overhead"))
                .forEach(name -> assertThat(operations).contains("`" + name + "`"));
    }

    @Test
    void everythingIsEncryptedAtRestAndOnItsWay() {
        everywhere("AWS::SNS::Topic")
                .forEach(topic -> assertThat(topic.has("KmsMasterKeyId")).isTrue());
        everywhere("AWS::SQS::Queue")
                .forEach(queue -> assertThat(queue.has("KmsMasterKeyId")
                                || queue.path("SqsManagedSseEnabled").asBoolean())
                        .isTrue());
        everywhere("AWS::KMS::Key")
                .forEach(key ->
                        assertThat(key.path("EnableKeyRotation").asBoolean()).isTrue());
        // One policy for each queue and topic that refuses what is not encrypted.
        assertThat(Stream.concat(everywhere("AWS::SQS::QueuePolicy"), everywhere("AWS::SNS::TopicPolicy"))
                        .map(JsonNode::toString))
                .allMatch(policy -> policy.contains("\"aws:SecureTransport\":\"false\""));
        Synthesised.template(EXAMPLE, TARGET)
                .hasResourceProperties("AWS::ApiGateway::DomainName", Map.of("SecurityPolicy", "TLS_1_2"));
    }

    private static Stream<JsonNode> everywhere(String type) {
        return Stream.of(EXAMPLE, DEV)
                .flatMap(which -> Synthesised.templates(which).values().stream())
                .flatMap(template -> Synthesised.resources(Synthesised.json(template), type).values().stream())
                .map(resource -> resource.path("Properties"));
    }

    /** The estimate counts what is made. */
    @Test
    void whatIsCountedIsWhatIsMade() throws IOException {
        for (String which : List.of(EXAMPLE, DEV)) {
            List<CostLine> lines = Estimate.of(Synthesised.deployment(which), PriceTable.ofRepository());
            assertThat(counted(lines, "alarms")).isEqualTo(made(which, "AWS::CloudWatch::Alarm"));
            assertThat(counted(lines, "keys in KMS")).isEqualTo(made(which, "AWS::KMS::Key"));
            assertThat(lines.stream()
                            .filter(line -> line.what().contains(" x ml."))
                            .count())
                    .isEqualTo(made(which, "AWS::SageMaker::Endpoint"));
        }
    }

    private static long counted(List<CostLine> lines, String what) {
        return lines.stream()
                .filter(line -> line.what().equals(what))
                .mapToLong(line -> Math.round(line.quantity()))
                .sum();
    }

    private static long made(String which, String type) {
        return Synthesised.templates(which).values().stream()
                .mapToLong(template ->
                        Synthesised.resources(Synthesised.json(template), type).size())
                .sum();
    }

    /** By the deployer: no Docker was asked for the template. */
    @Test
    void anImageIsBuiltWhereItIsAskedFor() {
        JsonNode template = Synthesised.json(Synthesised.template(Synthesised.BUILT, "wanspec-dev-target"));
        Map<String, JsonNode> models = Synthesised.resources(template, "AWS::SageMaker::Model");
        assertThat(models).hasSize(2);
        models.values()
                .forEach(model -> assertThat(
                                model.at("/Properties/PrimaryContainer/Image").toString())
                        .contains("cdk-hnb659fds-container-assets-111111111111-us-east-1:"));
        assertThat(Synthesised.resources(template, "AWS::IAM::Policy").values().stream()
                        .map(JsonNode::toString)
                        .filter(policy -> policy.contains("ecr:BatchGetImage")))
                .hasSize(2)
                .allMatch(
                        policy -> policy.contains("repository/cdk-hnb659fds-container-assets-111111111111-us-east-1"));
    }

    @Test
    void anEndpointWithHoursIsMadeAndTakenDownByTheClock() {
        Template ireland = Synthesised.template(EXAMPLE, "wanspec-draft-ireland");
        Map<String, String> calls = Map.of(
                "createEndpoint", "cron(0 7 ? * MON-FRI *)",
                "deleteEndpoint", "cron(0 20 ? * MON-FRI *)");
        calls.forEach((call, when) -> ireland.hasResourceProperties(
                "AWS::Scheduler::Schedule",
                Map.of(
                        "ScheduleExpression",
                        when,
                        "ScheduleExpressionTimezone",
                        "Europe/Dublin",
                        "Target",
                        Match.objectLike(Map.of("Arn", "arn:aws:scheduler:::aws-sdk:sagemaker:" + call)))));
        JsonNode template = Synthesised.json(ireland);
        String config = Synthesised.resources(template, "AWS::SageMaker::EndpointConfig")
                .keySet()
                .iterator()
                .next();
        assertThat(Synthesised.resources(template, "AWS::Scheduler::Schedule").values().stream()
                        .map(schedule -> schedule.at("/Properties/Target/Input").toString())
                        .filter(input -> input.contains(config)))
                .as("made again of the configuration that there is then")
                .hasSize(1);
        assertThat(Synthesised.resources(
                        Synthesised.json(Synthesised.template(EXAMPLE, "wanspec-draft-ohio")),
                        "AWS::Scheduler::Schedule"))
                .isEmpty();
    }

    @Test
    void anOpeningOrClosingThatFailsIsKeptAndRings() {
        Template ireland = Synthesised.template(EXAMPLE, "wanspec-draft-ireland");
        JsonNode template = Synthesised.json(ireland);
        Map<String, JsonNode> queues = Synthesised.resources(template, "AWS::SQS::Queue");
        assertThat(queues).hasSize(1);
        String queue = queues.keySet().iterator().next();
        String name =
                queues.values().iterator().next().at("/Properties/QueueName").asText();
        assertThat(Synthesised.resources(template, "AWS::Scheduler::Schedule").values())
                .hasSize(2)
                .allMatch(schedule -> schedule.at("/Properties/Target/DeadLetterConfig/Arn/Fn::GetAtt/0")
                        .asText()
                        .equals(queue));
        assertThat(policyOfHours(template)).contains("sqs:SendMessage", queue, "kms:GenerateDataKey");
        ireland.hasResourceProperties(
                "AWS::CloudWatch::Alarm",
                Map.of(
                        "AlarmName",
                        "wanspec-draft-ireland-hours",
                        "Namespace",
                        "AWS/SQS",
                        "Threshold",
                        0,
                        "Dimensions",
                        List.of(Map.of("Name", "QueueName", "Value", name))));
        Template ohio = Synthesised.template(EXAMPLE, "wanspec-draft-ohio");
        ohio.resourceCountIs("AWS::SQS::Queue", 0);
    }

    private static String policyOfHours(JsonNode template) {
        return Synthesised.resources(template, "AWS::IAM::Policy").entrySet().stream()
                .filter(policy -> policy.getKey().contains("HoursRole"))
                .map(policy -> policy.getValue().toString())
                .findFirst()
                .orElseThrow();
    }

    /** The scheduler takes the role for schedules of this group alone: whose they are says the group, never a schedule's own name. */
    @Test
    void onlyItsOwnSchedulesMayMakeAnEndpoint() {
        Template ireland = Synthesised.template(EXAMPLE, "wanspec-draft-ireland");
        String group = "wanspec-draft-ireland-hours";
        ireland.hasResourceProperties("AWS::Scheduler::ScheduleGroup", Map.of("Name", group));
        ireland.allResourcesProperties(
                "AWS::Scheduler::Schedule",
                Map.of("GroupName", Map.of("Ref", Match.stringLikeRegexp("DraftHoursGroup"))));
        ireland.hasResourceProperties(
                "AWS::IAM::Role",
                Map.of(
                        "AssumeRolePolicyDocument",
                        Match.objectLike(Map.of(
                                "Statement",
                                List.of(Match.objectLike(Map.of(
                                        "Principal",
                                        Map.of("Service", "scheduler.amazonaws.com"),
                                        "Condition",
                                        Map.of(
                                                "StringEquals",
                                                Map.of(
                                                        "aws:SourceAccount",
                                                        "222222222222",
                                                        "aws:SourceArn",
                                                        "arn:aws:scheduler:eu-west-1:222222222222:schedule-group/"
                                                                + group)))))))));
    }

    @Test
    void endpointsScaleWithinTheirBounds() {
        Template ohio = Synthesised.template(EXAMPLE, "wanspec-draft-ohio");
        ohio.hasResourceProperties(
                "AWS::ApplicationAutoScaling::ScalableTarget",
                Map.of(
                        "MinCapacity",
                        1,
                        "MaxCapacity",
                        4,
                        "ResourceId",
                        "endpoint/wanspec-draft-ohio/variant/all",
                        "ScalableDimension",
                        "sagemaker:variant:DesiredInstanceCount"));
        ohio.hasResourceProperties(
                "AWS::ApplicationAutoScaling::ScalingPolicy", Map.of("PolicyType", "TargetTrackingScaling"));
        ohio.hasResourceProperties("AWS::SageMaker::Endpoint", Map.of("EndpointName", "wanspec-draft-ohio"));
    }
}
