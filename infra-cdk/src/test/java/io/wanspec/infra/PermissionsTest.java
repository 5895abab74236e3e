package io.wanspec.infra;

import static io.wanspec.infra.Synthesised.DEV;
import static io.wanspec.infra.Synthesised.EXAMPLE;
import static io.wanspec.infra.Synthesised.NARROW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.infra.construct.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.assertions.Template;

/** Who may do what. Wildcards stand in {@link Reason} and nowhere else. */
class PermissionsTest {
    private static final String TARGET = "wanspec-target";
    private static final String RELAY = "arn:aws:sagemaker:us-east-1:111111111111:endpoint/wanspec-relay";
    private static final JsonMapper JSON = new JsonMapper();

    /** Policies of identities: everything that a role may do. */
    private static final List<String> OF_ROLES = List.of("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy");

    @Test
    void noRoleMayDoEverything() {
        Set<String> onEverything = new TreeSet<>();
        allowed().forEach(statement -> {
            List<String> actions = texts(statement.path("Action"));
            assertThat(actions).as("%s", statement).noneMatch(action -> action.contains("*"));
            if (texts(statement.path("Resource")).stream().anyMatch(resource -> resource.contains("*"))) {
                onEverything.addAll(actions);
            }
        });
        assertThat(onEverything).containsExactlyInAnyOrderElementsOf(new TreeSet<>(Reason.wildcards()));
    }

    /** A key's policy names the key as a star, and gives its account the say over it: AWS knows no other way. */
    @Test
    void aKeyIsForItsAccountAndNamedServices() {
        templates()
                .forEach(template -> Synthesised.resources(template, "AWS::KMS::Key")
                        .values()
                        .forEach(key -> Synthesised.entries(key.at("/Properties/KeyPolicy/Statement"))
                                .forEach(statement -> assertThat(
                                                statement
                                                                .path("Action")
                                                                .asText()
                                                                .equals("kms:*")
                                                        ? statement
                                                                .at("/Principal/AWS")
                                                                .toString()
                                                                .contains(":root")
                                                        : statement.has("Condition"))
                                        .as("%s", statement)
                                        .isTrue())));
    }

    /** Whoever took a role could else use the key on any text that it once encrypted. */
    @Test
    void aRoleUsesAKeyThroughAServiceOnly() {
        List<JsonNode> uses = allowed()
                .filter(statement -> texts(statement.path("Action")).stream().anyMatch(one -> one.startsWith("kms:")))
                .toList();
        assertThat(uses)
                .isNotEmpty()
                .allMatch(statement -> statement.at("/Condition/StringEquals").has("kms:ViaService"));
        JsonNode authorizer = statements(EXAMPLE, "AuthorizerRole")
                .filter(statement -> statement.toString().contains("kms:"))
                .reduce((one, other) -> {
                    throw new AssertionError("twice");
                })
                .orElseThrow();
        assertThat(texts(authorizer.path("Action"))).containsExactly("kms:Decrypt", "kms:DescribeKey");
        assertThat(authorizer.toString()).doesNotContain("sqs");
    }

    @Test
    void aKeyIsForOneService() {
        templates()
                .flatMap(template -> Synthesised.resources(template, "AWS::KMS::Key").values().stream())
                .forEach(key -> {
                    List<String> services = Synthesised.entries(key.at("/Properties/KeyPolicy/Statement"))
                            .map(statement -> statement.at("/Principal/Service").asText())
                            .filter(service -> !service.isEmpty())
                            .toList();
                    boolean alarms = key.at("/Properties/Description").asText().endsWith("alarms");
                    assertThat(services).hasSize(1);
                    assertThat(services.getFirst()).startsWith(alarms ? "cloudwatch." : "logs.");
                });
    }

    @Test
    void sageMakerTakesARoleForItsAccountOnly() {
        List<JsonNode> trusts = templates()
                .flatMap(template -> Synthesised.resources(template, "AWS::IAM::Role").values().stream())
                .flatMap(role -> Synthesised.entries(role.at("/Properties/AssumeRolePolicyDocument/Statement")))
                .filter(trust -> trust.at("/Principal/Service").asText().equals("sagemaker.amazonaws.com"))
                .toList();
        assertThat(trusts)
                .isNotEmpty()
                .allMatch(trust -> trust.at("/Condition/StringEquals/aws:SourceAccount")
                        .asText()
                        .matches("[0-9]{12}"));
    }

    /** Links let through what the functions' roles may do with these services in this region, and name what it is done with. */
    @Test
    void linksLetThroughWhatTheFunctionsMayDo() {
        List<JsonNode> links = Synthesised.resources(
                        Synthesised.json(Synthesised.template(EXAMPLE, TARGET)), "AWS::EC2::VPCEndpoint")
                .values()
                .stream()
                .flatMap(link -> Synthesised.entries(link.at("/Properties/PolicyDocument/Statement")))
                .toList();
        assertThat(links).hasSize(3).allSatisfy(statement -> {
            assertThat(texts(statement.at("/Condition/StringEquals/aws:PrincipalAccount")))
                    .containsExactly("111111111111");
            assertThat(texts(statement.path("Resource"))).noneMatch(resource -> resource.contains("*"));
        });
        Set<String> through = links.stream()
                .flatMap(statement -> texts(statement.path("Action")).stream())
                .collect(Collectors.toSet());
        Set<String> asked = statements(EXAMPLE, "^Functions.*Role")
                .flatMap(statement -> texts(statement.path("Action")).stream())
                .filter(action -> action.matches("(dynamodb|sqs|sagemaker):.*"))
                .collect(Collectors.toSet());
        assertThat(through).isEqualTo(asked);
    }

    private static Stream<JsonNode> statements(String which, String role) {
        Pattern pattern = Pattern.compile(role);
        return Synthesised.resources(Synthesised.json(Synthesised.template(which, TARGET)), "AWS::IAM::Policy")
                .entrySet()
                .stream()
                .filter(entry -> pattern.matcher(entry.getKey()).find())
                .flatMap(entry -> Synthesised.entries(entry.getValue().at("/Properties/PolicyDocument/Statement")));
    }

    @Test
    void otherPoliciesAllowNothingToEverybody() {
        templates()
                .flatMap(template -> Stream.of("AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy")
                        .flatMap(type -> Synthesised.resources(template, type).values().stream()))
                .flatMap(policy -> Synthesised.entries(policy.at("/Properties/PolicyDocument/Statement")))
                .filter(statement -> statement.path("Effect").asText().equals("Allow"))
                .forEach(statement -> {
                    assertThat(statement.path("Principal").toString()).doesNotContain("*");
                    assertThat(texts(statement.path("Action"))).noneMatch(action -> action.contains("*"));
                });
    }

    @Test
    void aRegionThatResidencyForbidsIsNowhere() {
        Map<String, Template> narrow = Synthesised.templates(NARROW);
        assertThat(narrow.keySet()).containsExactly("wanspec-draft-ohio", TARGET, "wanspec-observability");
        String all = narrow.values().stream()
                .map(template -> Synthesised.json(template).toString())
                .collect(Collectors.joining());
        assertThat(all)
                .doesNotContain(
                        "oregon",
                        "us-west-2",
                        "ireland",
                        "eu-west-1",
                        "222222222222",
                        "campus",
                        "eu-north-1",
                        "relay",
                        "worker-dial");
        assertThat(all).contains("us-east-2:111111111111:endpoint/wanspec-draft-ohio");
    }

    @Test
    void anotherAccountsEndpointIsCalledByItsOwnRole() {
        String target = Synthesised.json(Synthesised.template(EXAMPLE, TARGET)).toString();
        assertThat(target).contains("arn:aws:iam::222222222222:role/wanspec-draft-ireland-caller");
        assertThat(target).doesNotContain("arn:aws:sagemaker:eu-west-1");
        String role = Synthesised.resources(
                        Synthesised.json(Synthesised.template(EXAMPLE, "wanspec-draft-ireland")), "AWS::IAM::Role")
                .values()
                .stream()
                .filter(each -> each.at("/Properties/RoleName").asText().equals("wanspec-draft-ireland-caller"))
                .findFirst()
                .orElseThrow()
                .toString();
        assertThat(role)
                .contains("arn:aws:iam::111111111111:role/wanspec-api-us-east-1")
                .contains("arn:aws:iam::111111111111:role/wanspec-worker-us-east-1");
        String home = Synthesised.json(Synthesised.template(EXAMPLE, "wanspec-draft-ohio"))
                .toString();
        assertThat(home).doesNotContain("-caller");
    }

    /** A worker on site is a permission to use it: its secret, by name. */
    @Test
    void aWorkerOnSiteIsAPermission() {
        assertThat(Synthesised.json(Synthesised.template(EXAMPLE, TARGET)).toString())
                .contains("secretsmanager:GetSecretValue")
                .contains("secret:campus-draft-AbCdEf");
    }

    /** Whoever has a token of a worker becomes this role, and reaches a relay alone: by streams, which ask for a ticket. */
    @Test
    void aWorkerThatDialsInMayOpenStreamsToTheRelayAlone() {
        JsonNode template = Synthesised.json(Synthesised.template(EXAMPLE, TARGET));
        List<JsonNode> may = statements(EXAMPLE, "^RelayDialRole").toList();
        assertThat(may).hasSize(1);
        assertThat(texts(may.getFirst().path("Action")))
                .containsExactly("sagemaker:InvokeEndpointWithBidirectionalStream");
        assertThat(texts(may.getFirst().path("Resource"))).containsExactly(RELAY);
        JsonNode role = Synthesised.resources(template, "AWS::IAM::Role").values().stream()
                .filter(each -> each.at("/Properties/RoleName").asText().equals("wanspec-worker-dial-us-east-1"))
                .findFirst()
                .orElseThrow();
        assertThat(texts(role.at(
                        "/Properties/AssumeRolePolicyDocument/Statement/0/Condition/ArnEquals/aws:PrincipalArn")))
                .containsExactly("arn:aws:iam::111111111111:role/wanspec-api-us-east-1");
        assertThat(statements(EXAMPLE, "^FunctionsApiRole")
                        .filter(each -> each.toString().contains("worker-dial")))
                .singleElement()
                .satisfies(each -> assertThat(texts(each.path("Action"))).containsExactly("sts:AssumeRole"));
        assertThat(statements(EXAMPLE, "^Functions(Worker|Sweeper|Authorizer)Role"))
                .noneMatch(each -> each.toString().contains("worker-dial"));
    }

    @Test
    void functionsAskTheRelayAndOpenStreamsToIt() {
        for (String function : List.of("Api", "Worker")) {
            Set<String> actions = statements(EXAMPLE, "^Functions" + function + "Role")
                    .filter(statement -> texts(statement.path("Resource")).contains(RELAY))
                    .flatMap(statement -> texts(statement.path("Action")).stream())
                    .collect(Collectors.toSet());
            assertThat(actions)
                    .containsExactlyInAnyOrder(
                            "sagemaker:InvokeEndpoint", "sagemaker:InvokeEndpointWithBidirectionalStream");
        }
    }

    /** It does nothing but join those that come to it: no model, no network, no role's right but for its own image and log. */
    @Test
    void theRelayMayDoNothing() {
        JsonNode template = Synthesised.json(Synthesised.template(EXAMPLE, TARGET));
        JsonNode model = Synthesised.resources(template, "AWS::SageMaker::Model").entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("Relay"))
                .findFirst()
                .orElseThrow()
                .getValue()
                .path("Properties");
        assertThat(model.path("EnableNetworkIsolation").asBoolean()).isTrue();
        assertThat(model.path("PrimaryContainer").has("ModelDataUrl")).isFalse();
        assertThat(statements(EXAMPLE, "^RelayEndpointRole").flatMap(each -> texts(each.path("Action")).stream()))
                .allMatch(action -> action.matches("(ecr|logs|cloudwatch):.*"));
    }

    /** Templates lie about: the key that tickets are sealed with is in none, and known to those two sides. */
    @Test
    void theKeyOfTicketsIsAReference() {
        JsonNode template = Synthesised.json(Synthesised.template(EXAMPLE, TARGET));
        assertThat(Synthesised.resources(template, "AWS::SecretsManager::Secret")
                        .values())
                .singleElement()
                .satisfies(secret -> assertThat(secret.at("/Properties/GenerateSecretString/PasswordLength")
                                .asInt())
                        .isGreaterThanOrEqualTo(32));
        Set<String> told = Synthesised.resources(template, "AWS::Lambda::Function").values().stream()
                .filter(function -> function.at("/Properties/Environment/Variables/WANSPEC_ON_SITE_TICKET_KEY")
                        .toString()
                        .contains("{{resolve:secretsmanager:"))
                .map(function -> function.at("/Properties/FunctionName").asText())
                .collect(Collectors.toSet());
        assertThat(told).containsExactlyInAnyOrder("wanspec-api", "wanspec-worker");
        assertThat(template.toString().split("WANSPEC_TICKET_KEY", -1)).hasSize(2);
        assertThat(template.toString().split("WANSPEC_ON_SITE_TICKET_KEY", -1)).hasSize(3);
        assertThat(template.toString().split("WANSPEC_ON_SITE_DIAL_ROLE", -1)).hasSize(2);
    }

    /** It counts what waits; that is all it may do with the queues. */
    @Test
    void theSweeperLooksAtTheQueues() {
        JsonNode template = Synthesised.json(Synthesised.template(EXAMPLE, TARGET));
        String policy = Synthesised.resources(template, "AWS::IAM::Policy").entrySet().stream()
                .filter(entry -> entry.getKey().contains("SweeperRole"))
                .findFirst()
                .orElseThrow()
                .getValue()
                .toString();
        assertThat(policy).contains("sqs:GetQueueAttributes").doesNotContain("sqs:SendMessage", "sqs:ReceiveMessage");
        String told = Synthesised.resources(template, "AWS::Lambda::Function").values().stream()
                .filter(function ->
                        function.at("/Properties/FunctionName").asText().equals("wanspec-sweeper"))
                .map(function ->
                        function.at("/Properties/Environment/Variables").toString())
                .findFirst()
                .orElseThrow();
        assertThat(told).contains("WANSPEC_JOBS_QUEUE", "WANSPEC_JOBS_DEAD_LETTERS");
    }

    /** The CDK's command takes the roles that the bootstrap made: for stacks, files, and images that are built. */
    @Test
    void theDeployerMayTakeEveryRoleThatTheCdkTakesForIt() throws IOException {
        List<Pattern> allowed = Synthesised.entries(
                        JSON.readTree(Path.of("deployer-policy.json").toFile()).at("/Statement"))
                .filter(statement -> texts(statement.path("Action")).contains("sts:AssumeRole"))
                .flatMap(statement -> texts(statement.path("Resource")).stream())
                .map(role -> Pattern.compile(
                        Stream.of(role.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"))))
                .toList();
        Set<String> taken = new TreeSet<>();
        for (String which : List.of(EXAMPLE, DEV, Synthesised.BUILT)) {
            taken.addAll(rolesTaken(Path.of(Synthesised.app(which).app().synth().getDirectory())));
        }
        assertThat(taken)
                .anyMatch(role -> role.contains("-image-publishing-role-"))
                .allSatisfy(role ->
                        assertThat(allowed).anyMatch(one -> one.matcher(role).matches()));
    }

    /** As the assembly tells the CDK's command. The stacks' own role it hands to CloudFormation. */
    private static Set<String> rolesTaken(Path assembly) throws IOException {
        Set<String> roles = new TreeSet<>();
        try (Stream<Path> files = Files.list(assembly)) {
            for (Path file : files.filter(
                            file -> file.toString().endsWith("assets.json") || file.endsWith("manifest.json"))
                    .toList()) {
                JSON.readTree(file.toFile())
                        .findValuesAsText("assumeRoleArn")
                        .forEach(role -> roles.add(role.replace("${AWS::Partition}", "aws")));
            }
        }
        return roles;
    }

    private static Stream<JsonNode> allowed() {
        return templates()
                .flatMap(template -> Stream.concat(
                        OF_ROLES.stream()
                                .flatMap(type -> Synthesised.resources(template, type).values().stream())
                                .map(policy -> policy.at("/Properties/PolicyDocument/Statement")),
                        Synthesised.resources(template, "AWS::IAM::Role").values().stream()
                                .flatMap(role -> Synthesised.entries(role.at("/Properties/Policies")))
                                .map(policy -> policy.at("/PolicyDocument/Statement"))))
                .flatMap(Synthesised::entries)
                .filter(statement -> statement.path("Effect").asText().equals("Allow"));
    }

    private static Stream<JsonNode> templates() {
        return Stream.of(EXAMPLE, DEV, NARROW)
                .flatMap(which -> Synthesised.templates(which).values().stream())
                .map(Synthesised::json);
    }

    private static List<String> texts(JsonNode one) {
        return Synthesised.entries(one)
                .map(node -> node.isTextual() ? node.asText() : node.toString())
                .toList();
    }
}
