package io.wanspec.infra.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.infra.construct.OpeningTimes;
import io.wanspec.infra.construct.Relay;
import io.wanspec.infra.settings.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Every way in which a deployment in the local cloud differs from one in AWS, and the only place where it is made to. Read by {@code
 * ./wanspec deploy up --local} before it begins, and by whoever wonders what the local one shows.
 */
@SuppressWarnings("ImmutableEnumChecker") // What changes a template keeps no state.
public enum LocalDifference {
    OWN_NAMES(
            "the target's account is the emulator's, and names end in -local: the local cloud has things there, too",
            (template, place) -> {}),
    OWN_PACKAGES(
            "packages lie in S3 in a folder of the deployment's: others, in the same bucket, stay when it goes",
            (template, place) -> template.eachProperties(
                    "AWS::Lambda::Function", function -> findInFolder(function, place.deployment()))),
    BUFFERED(
            "API Gateway hands answers over whole: the emulator's does not stream. Clients read the same events, at once",
            (template, place) -> {
                template.eachProperties("AWS::ApiGateway::Method", LocalDifference::buffer);
                template.eachVariables(variables -> replace(variables, "AWS_LWA_INVOKE_MODE", "buffered"));
            }),
    OWN_JAVA(
            "functions run as processes of provided.al2023 with this machine's Java, 256 MB each; none has a layer",
            LocalDifference::runHere),
    NO_WORKERS_ON_SITE(
            "workers on site are left out, their relay too, and no role of another account is taken",
            (template, place) -> {
                template.remove((name, type) -> name.startsWith(Relay.ID));
                template.eachVariables(LocalDifference::leaveOutThoseOnSite);
            }),
    LOCAL_MODELS(
            "no SageMaker, nothing scales or has hours: functions call the local cloud's models, every draft region is the one behind its WAN",
            (template, place) -> {
                template.remove("AWS::SageMaker::", "AWS::ApplicationAutoScaling::");
                template.remove((name, type) -> name.contains(OpeningTimes.ID));
                template.eachVariables(variables -> callLocalModels(variables, place.models()));
            }),
    EMULATED_SERVICES(
            "table and queues are the emulator's, which checks neither signatures nor policies, and forgets all when it ends",
            (template, place) -> template.eachVariables(variables -> callEmulator(variables, place))),
    NO_NETWORK("functions are in no network of their own", (template, place) -> {
        template.eachProperties("AWS::Lambda::Function", function -> function.remove("VpcConfig"));
        template.remove("AWS::EC2::");
    }),
    NO_DOMAIN("no domain and no firewall: the API has the emulator's address", (template, place) -> {
        template.remove("AWS::ApiGateway::DomainName", "AWS::ApiGateway::BasePathMapping", "AWS::WAFv2::");
        template.eachProperties("AWS::ApiGateway::RestApi", rest -> rest.remove("DisableExecuteApiEndpoint"));
    }),
    NO_BUDGET("no budget", (template, place) -> template.remove("AWS::Budgets::")),
    FEW_JOBS(
            "two background answers are made at once",
            (template, place) -> template.eachProperties(
                    "AWS::Lambda::EventSourceMapping",
                    mapping -> mapping.putObject("ScalingConfig").put("MaximumConcurrency", 2))),
    NOTHING_KEPT("nothing is kept when a stack goes, in profile prod neither", (template, place) -> {
        template.resources().forEach(resource -> {
            resource.put("DeletionPolicy", "Delete");
            resource.put("UpdateReplacePolicy", "Delete");
        });
        template.eachProperties("AWS::DynamoDB::Table", table -> table.put("DeletionProtectionEnabled", false));
    }),
    NOT_BOOTSTRAPPED(
            "the CDK's bootstrap is not needed",
            (template, place) -> template.root().remove(List.of("Parameters", "Rules")));

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String ACCOUNT = "000000000000";
    private static final int START_SECONDS = 60;
    private static final String WORKERS = "WANSPEC_WORKERS";

    private final String words;
    private final BiConsumer<LocalTemplate, LocalPlace> change;

    LocalDifference(String words, BiConsumer<LocalTemplate, LocalPlace> change) {
        this.words = words;
        this.change = change;
    }

    /** What is to be synthesised. API Gateway's clients show no account, so the emulator looks for their API in its own. */
    public static Deployment localised(Deployment deployment) {
        String home = deployment.target().site().account();
        return deployment.named(deployment.name() + "-local", account -> account.equals(home) ? ACCOUNT : account);
    }

    /** For whoever deploys. */
    public String words() {
        return words;
    }

    void apply(LocalTemplate template, LocalPlace place) {
        change.accept(template, place);
    }

    private static void findInFolder(ObjectNode function, String deployment) {
        ObjectNode code = (ObjectNode) function.required("Code");
        code.put("S3Key", LocalAssets.key(deployment, code.required("S3Key").asText()));
    }

    /** The ordinary way to call a function, in place of the one that streams. */
    private static void buffer(ObjectNode method) {
        ObjectNode integration = (ObjectNode) method.path("Integration");
        integration.remove("ResponseTransferMode");
        for (JsonNode part : integration.path("Uri").findValues("Fn::Join")) {
            ArrayNode texts = (ArrayNode) part.path(1);
            for (int i = 0; i < texts.size(); i++) {
                if (texts.path(i).isTextual()) {
                    texts.set(
                            i,
                            texts.path(i)
                                    .asText()
                                    .replace("/2021-11-15/", "/2015-03-31/")
                                    .replace("/response-streaming-invocations", "/invocations"));
                }
            }
        }
    }

    private static void runHere(LocalTemplate template, LocalPlace place) {
        template.eachProperties("AWS::Lambda::Function", function -> {
            function.put("Runtime", "provided.al2023");
            function.remove("Layers");
            // A start on a busy machine counts, too.
            function.put(
                    "Timeout", Math.max(START_SECONDS, function.path("Timeout").asInt()));
        });
        template.eachVariables(variables -> {
            variables.put("WANSPEC_JAVA_HOME", place.javaHome().toString());
            variables.put("WANSPEC_JAVA_OPTIONS", "-Xmx256m");
            if (LocalTemplate.has(variables, "AWS_LWA_PORT")) {
                variables.remove("AWS_LAMBDA_EXEC_WRAPPER");
                variables.put("WANSPEC_ADAPTER", place.adapter().toString());
                // Several environments share this machine's ports.
                variables.put("AWS_LWA_PORT", "own");
                // The emulator gives a function ten seconds to be there.
                variables.put("AWS_LWA_ASYNC_INIT", "true");
            }
        });
    }

    private static void callLocalModels(ObjectNode variables, LocalEndpoints models) {
        variables.put("WANSPEC_TARGET_ENDPOINT", models.targetName());
        variables.put("WANSPEC_TARGET_ENDPOINT_OVERRIDE", models.busy().toString());
        if (LocalTemplate.has(variables, "WANSPEC_BUSY_DRAFT_ENDPOINT")) {
            variables.put("WANSPEC_BUSY_DRAFT_ENDPOINT", models.draftName());
            variables.put("WANSPEC_BUSY_DRAFT_ENDPOINT_OVERRIDE", models.busy().toString());
        }
        eachWorker(variables, worker -> {
            worker.put("endpoint", models.draftName());
            worker.put("endpoint-override", models.draft().toString());
            return true;
        });
    }

    /** They have an address of their own already, or a site. */
    private static void leaveOutThoseOnSite(ObjectNode variables) {
        eachWorker(variables, worker -> {
            worker.remove("role");
            return !worker.has("endpoint-override") && !worker.has("site");
        });
        List<String> ofRelay = new ArrayList<>();
        variables.fieldNames().forEachRemaining(ofRelay::add);
        ofRelay.removeIf(name -> !name.startsWith("WANSPEC_ON_SITE_"));
        variables.remove(ofRelay);
    }

    /** @param change whether it stays */
    private static void eachWorker(ObjectNode variables, Predicate<ObjectNode> change) {
        if (!LocalTemplate.has(variables, WORKERS)) {
            return;
        }
        ArrayNode left = MAPPER.createArrayNode();
        try {
            MAPPER.readTree(variables.path(WORKERS).asText()).forEach(worker -> {
                if (change.test((ObjectNode) worker)) {
                    left.add(worker);
                }
            });
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        variables.put(WORKERS, left.toString());
    }

    private static void callEmulator(ObjectNode variables, LocalPlace place) {
        String emulator = place.emulator().toString();
        variables.put("WANSPEC_SESSIONS_ENDPOINT_OVERRIDE", emulator);
        if (LocalTemplate.has(variables, "WANSPEC_JOBS_QUEUE")) {
            variables.put("WANSPEC_JOBS_ENDPOINT_OVERRIDE", emulator);
        }
    }

    private static void replace(ObjectNode variables, String name, String value) {
        if (LocalTemplate.has(variables, name)) {
            variables.put(name, value);
        }
    }
}
