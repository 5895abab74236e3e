package io.wanspec.infra.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.infra.settings.Deployment;
import io.wanspec.infra.settings.DeploymentReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of the golden templates in a local cloud. Needs neither Node nor the emulator. */
class LocalTemplateTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "templates");
    private static final URI EMULATOR = URI.create("http://127.0.0.1:4566");
    private static final LocalPlace PLACE = new LocalPlace(
            "wanspec-local",
            EMULATOR,
            new LocalEndpoints(URI.create("http://127.0.0.1:1"), URI.create("http://127.0.0.1:2"), "target", "draft"),
            Path.of("/java"),
            Path.of("/adapter"));

    static List<Path> templates() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.sorted().toList();
        }
    }

    private static ObjectNode read(Path file) throws IOException {
        return (ObjectNode) MAPPER.readTree(file.toFile());
    }

    private static ObjectNode target() throws IOException {
        return LocalTemplate.of(read(GOLDEN.resolve("wanspec-target.json")), PLACE);
    }

    @ParameterizedTest
    @MethodSource("templates")
    void nothingIsLeftThatTheEmulatorRefusesOrThatWouldStay(Path file) throws IOException {
        ObjectNode before = read(file);
        ObjectNode local = LocalTemplate.of(before, PLACE);
        assertThat(before).isEqualTo(read(file));
        for (JsonNode resource : local.path("Resources")) {
            assertThat(resource.path("Type").asText())
                    .doesNotStartWith("AWS::SageMaker::")
                    .doesNotStartWith("AWS::EC2::")
                    .doesNotStartWith("AWS::ApplicationAutoScaling::");
            assertThat(resource.path("DeletionPolicy").asText()).isEqualTo("Delete");
            resource.path("DependsOn")
                    .forEach(name -> assertThat(local.path("Resources").has(name.asText()))
                            .as(name.asText())
                            .isTrue());
        }
    }

    /** Whatever AWS gets and the emulator takes is what AWS gets. */
    @ParameterizedTest
    @MethodSource("templates")
    void othersAreAsInAws(Path file) throws IOException {
        ObjectNode aws = read(file);
        ObjectNode local = LocalTemplate.of(aws, PLACE);
        TreeSet<String> changed = new TreeSet<>();
        local.path("Resources").properties().forEach(entry -> {
            JsonNode resource = entry.getValue();
            if (!resource.path("Properties")
                    .equals(aws.at("/Resources/" + entry.getKey()).path("Properties"))) {
                changed.add(resource.path("Type").asText());
            }
        });
        assertThat(List.of(
                        "AWS::ApiGateway::Method",
                        "AWS::ApiGateway::RestApi",
                        "AWS::DynamoDB::Table",
                        "AWS::Lambda::EventSourceMapping",
                        "AWS::Lambda::Function"))
                .containsAll(changed);
    }

    @Test
    void answersAreBuffered() throws IOException {
        String methods = target().findValues("Integration").toString();
        assertThat(methods).contains("/2015-03-31/functions/", "/invocations").doesNotContain("STREAM", "streaming");
    }

    @Test
    void functionsCallTheLocalCloud() throws IOException {
        JsonNode api = function("wanspec-api");
        assertThat(api.path("Runtime").asText()).isEqualTo("provided.al2023");
        assertThat(api.has("Layers") || api.has("VpcConfig")).isFalse();
        JsonNode told = api.at("/Environment/Variables");
        assertThat(told.path("WANSPEC_TARGET_ENDPOINT_OVERRIDE").asText()).isEqualTo("http://127.0.0.1:1");
        assertThat(told.path("WANSPEC_JOBS_ENDPOINT_OVERRIDE").asText()).isEqualTo(EMULATOR.toString());
        assertThat(told.path("AWS_LWA_INVOKE_MODE").asText()).isEqualTo("buffered");
        JsonNode workers = MAPPER.readTree(told.path("WANSPEC_WORKERS").asText());
        assertThat(workers.findValuesAsText("id")).containsExactly("ohio", "oregon", "ireland");
        assertThat(workers.findValuesAsText("endpoint-override")).containsOnly("http://127.0.0.1:2");
        assertThat(workers.findValuesAsText("role")).isEmpty();
        assertThat(target().toString()).doesNotContain("WANSPEC_ON_SITE", "resolve:secretsmanager");
        JsonNode authorizer = function("wanspec-authorizer").at("/Environment/Variables");
        assertThat(authorizer.has("WANSPEC_JOBS_ENDPOINT_OVERRIDE") || authorizer.has("WANSPEC_ADAPTER"))
                .isFalse();
    }

    @Test
    void packagesLieInTheDeploymentsFolder() throws IOException {
        assertThat(function("wanspec-api").at("/Code/S3Key").asText()).matches("wanspec-local/[0-9a-f]{64}\\.zip");
    }

    private static JsonNode function(String name) throws IOException {
        for (JsonNode resource : target().path("Resources")) {
            if (resource.at("/Properties/FunctionName").asText().equals(name)) {
                return resource.path("Properties");
            }
        }
        throw new AssertionError(name);
    }

    @Test
    void theTargetsAccountIsTheEmulatorsAndOthersStay() throws IOException {
        Deployment local = LocalDifference.localised(DeploymentReader.read(Path.of("examples", "wanspec.yaml")));
        assertThat(local.name()).isEqualTo("wanspec-local");
        assertThat(local.target().site().account()).isEqualTo("000000000000");
        assertThat(local.drafts())
                .extracting(draft -> draft.site().account())
                .containsExactly("000000000000", "000000000000", "222222222222");
    }

    @Test
    void everyDifferenceIsSaidInOneLine() {
        for (LocalDifference difference : LocalDifference.values()) {
            assertThat(difference.words()).hasLineCount(1).doesNotEndWith(".");
        }
    }
}
