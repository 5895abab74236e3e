package io.wanspec.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.MapPropertySource;
import io.micronaut.context.env.PropertySource;
import io.wanspec.functions.access.Gatekeeper;
import io.wanspec.functions.lambda.Authorizer;
import io.wanspec.functions.settings.ConsoleSettings;
import io.wanspec.functions.settings.DraftEndpoint;
import io.wanspec.functions.settings.EndpointAccess;
import io.wanspec.functions.settings.JobSettings;
import io.wanspec.functions.settings.OnSite;
import io.wanspec.functions.settings.OnSiteSettings;
import io.wanspec.functions.settings.WanSpecSettings;
import io.wanspec.infra.construct.FunctionEnvironment;
import io.wanspec.infra.construct.PublicApi;
import io.wanspec.infra.settings.Deployment;
import io.wanspec.infra.settings.DeploymentReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the stacks tell the functions is what the functions read. Needs no Node. */
class FunctionEnvironmentTest {
    private static final String TICKET_KEY = "what CloudFormation puts in for a reference";
    private static final String QUEUE = "https://sqs.us-east-1.amazonaws.com/111111111111/wanspec-";

    @Test
    void theFunctionsReadWhatTheyAreTold() throws IOException {
        Deployment example = Synthesised.deployment(Synthesised.EXAMPLE);
        Map<String, String> told =
                FunctionEnvironment.generating(example, "wanspec-sessions", QUEUE + "jobs", QUEUE + "dead-letters");
        FunctionEnvironment.lettingIn(example, FunctionEnvironment.meeting(example, TICKET_KEY, told));
        FunctionEnvironment.showing(told);
        try (ApplicationContext context = ApplicationContext.builder()
                .banner(false)
                .deduceEnvironment(false)
                .eagerInitSingletons(false)
                .propertySources(variables(told))
                .start()) {
            WanSpecSettings read = context.getBean(WanSpecSettings.class);
            assertThat(read.target().name()).isEqualTo("wanspec-target");
            assertThat(read.drafts())
                    .extracting(DraftEndpoint::id)
                    .extracting(Object::toString)
                    .anyMatch(id -> id.contains("ohio"))
                    .anyMatch(id -> id.contains("lab"))
                    .hasSize(6);
            assertThat(read.drafts())
                    .extracting(draft -> draft.address().name())
                    .contains("wanspec-busy-draft", "wanspec-draft-oregon", "wanspec-draft-ireland");
            assertThat(read.drafts())
                    .extracting(draft -> String.valueOf(draft.address().override()))
                    .contains("https://draft.example.edu");
            assertThat(read.drafts())
                    .extracting(draft -> draft.address().access())
                    .contains(
                            new EndpointAccess.Role("arn:aws:iam::222222222222:role/wanspec-draft-ireland-caller"),
                            new EndpointAccess.Secret(
                                    "arn:aws:secretsmanager:us-east-1:111111111111:secret:campus-draft-AbCdEf"),
                            new EndpointAccess.Own());
            assertThat(read.drafts())
                    .extracting(DraftEndpoint::usdPerHour)
                    .as("the busy draft's is nobody's choice; ohio, oregon, ireland; those on site")
                    .contains(1.1267, 0.514, 0.0);
            OnSite lab = read.drafts().stream()
                    .flatMap(draft -> Stream.ofNullable(draft.address().site()))
                    .findFirst()
                    .orElseThrow();
            assertThat(lab.name()).isEqualTo("lab");
            assertThat(lab.anyPrompt()).isFalse();
            OnSiteSettings letsIn = context.getBean(OnSiteSettings.class);
            assertThat(letsIn.relay().name()).isEqualTo("wanspec-relay");
            assertThat(letsIn.relay().region()).isEqualTo("us-east-1");
            assertThat(letsIn.dialRole())
                    .contains(new EndpointAccess.Role("arn:aws:iam::111111111111:role/wanspec-worker-dial-us-east-1"));
            assertThat(letsIn.relayArn()).contains("arn:aws:sagemaker:us-east-1:111111111111:endpoint/wanspec-relay");
            assertThat(Objects.requireNonNull(read.store()).table()).isEqualTo("wanspec-sessions");
            assertThat(Objects.requireNonNull(context.getBean(JobSettings.class).deadLetters())
                            .toString())
                    .endsWith("dead-letters");
            assertThat(context.getBean(Gatekeeper.class)).isNotNull();
            assertThat(context.getBean(ConsoleSettings.class).isShown(false)).isTrue();
        }
    }

    /** One of them would be chosen as free of charge. */
    @Test
    void pricesAreToldOfAllDraftRegionsOrOfNone(@TempDir Path folder) throws IOException {
        String text = Files.readString(Path.of("examples", "wanspec.yaml"));
        assertThat(workers(folder, text)).contains("\"usd-per-hour\":0.514", "\"usd-per-hour\":1.1267");
        String unknown = text.replace("ml.g6.xlarge, min: 1, max: 2", "ml.c99.xlarge, min: 1, max: 2");
        assertThat(workers(folder, unknown)).contains("\"id\":\"oregon\"").doesNotContain("usd-per-hour");
    }

    private static String workers(Path folder, String settings) throws IOException {
        Deployment deployment = DeploymentReader.read(Files.writeString(folder.resolve("wanspec.yaml"), settings));
        return String.valueOf(FunctionEnvironment.generating(deployment, "table", "jobs", "dead")
                .get("WANSPEC_WORKERS"));
    }

    @Test
    void theGatewayKnowsKeysAsTheAuthorizerDoes() {
        assertThat(PublicApi.KEY_FORM).isEqualTo(Authorizer.IDENTITY_FORM);
        assertThat((long) PublicApi.KEY_SECONDS).isEqualTo(Authorizer.RESULT_TTL.toSeconds());
    }

    private static PropertySource variables(Map<String, String> told) {
        return new MapPropertySource("told", Map.copyOf(told)) {
            @Override
            public PropertyConvention getConvention() {
                return PropertyConvention.ENVIRONMENT_VARIABLE;
            }
        };
    }
}
