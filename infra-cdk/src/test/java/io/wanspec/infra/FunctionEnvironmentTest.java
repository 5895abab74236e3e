package io.wanspec.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.MapPropertySource;
import io.micronaut.context.env.PropertySource;
import io.wanspec.functions.access.Gatekeeper;
import io.wanspec.functions.lambda.Authorizer;
import io.wanspec.functions.settings.DraftEndpoint;
import io.wanspec.functions.settings.EndpointAccess;
import io.wanspec.functions.settings.JobSettings;
import io.wanspec.functions.settings.WanSpecSettings;
import io.wanspec.infra.construct.FunctionEnvironment;
import io.wanspec.infra.construct.PublicApi;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the stacks tell the functions is what the functions read. Needs no Node. */
class FunctionEnvironmentTest {
    private static final String QUEUE = "https://sqs.us-east-1.amazonaws.com/111111111111/wanspec-";

    @Test
    void theFunctionsReadWhatTheyAreTold() throws IOException {
        Map<String, String> told = FunctionEnvironment.generating(
                Synthesised.deployment(Synthesised.EXAMPLE),
                "wanspec-sessions",
                QUEUE + "jobs",
                QUEUE + "dead-letters");
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
                    .hasSize(5);
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
            assertThat(Objects.requireNonNull(read.store()).table()).isEqualTo("wanspec-sessions");
            assertThat(Objects.requireNonNull(context.getBean(JobSettings.class).deadLetters())
                            .toString())
                    .endsWith("dead-letters");
            assertThat(context.getBean(Gatekeeper.class)).isNotNull();
        }
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
