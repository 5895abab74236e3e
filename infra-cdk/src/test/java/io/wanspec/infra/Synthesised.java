package io.wanspec.infra;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.infra.construct.FunctionPackages;
import io.wanspec.infra.settings.Deployment;
import io.wanspec.infra.settings.DeploymentReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

/**
 * Deployments synthesised once for all tests of this JVM: CDK's first template takes many seconds. CDK runs in Node, without which
 * the tests are skipped.
 */
final class Synthesised {
    static final String EXAMPLE = "example";
    static final String DEV = "dev";

    /** The example, and oregon may not see prompts. */
    static final String NARROW = "narrow";

    /** The small example, its images made of the checkout. */
    static final String BUILT = "built";

    /** The example, with the console. */
    static final String CONSOLE = "console";

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Map<String, WanSpecApp> APPS = new LinkedHashMap<>();
    private static final Map<String, Map<String, Template>> TEMPLATES = new LinkedHashMap<>();

    private Synthesised() {}

    /** Of each stack its template, by the stack's name. */
    static synchronized Map<String, Template> templates(String which) {
        return TEMPLATES.computeIfAbsent(which, name -> {
            Map<String, Template> templates = new LinkedHashMap<>();
            app(name).stacks().forEach(stack -> templates.put(stack.getStackName(), Template.fromStack(stack)));
            return templates;
        });
    }

    static Template template(String which, String stack) {
        return Objects.requireNonNull(templates(which).get(stack), stack);
    }

    static synchronized WanSpecApp app(String which) {
        assumeTrue(hasNode(), "CDK runs in Node, and there is no node on the PATH: install Node 22 or 24");
        return APPS.computeIfAbsent(which, name -> {
            try {
                return WanSpecApp.compose(
                        deployment(name), packages(), images(), Path.of("target", "synthesised", name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    static Stack stack(String which, String name) {
        return app(which).stacks().stream()
                .filter(stack -> stack.getStackName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static JsonNode json(Template template) {
        return MAPPER.valueToTree(template.toJSON());
    }

    /** The resources of a type, by their logical names. */
    static Map<String, JsonNode> resources(JsonNode template, String type) {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        template.path("Resources").properties().forEach(entry -> {
            if (entry.getValue().path("Type").asText().equals(type)) {
                found.put(entry.getKey(), entry.getValue());
            }
        });
        return found;
    }

    static Stream<JsonNode> entries(JsonNode node) {
        return node.isArray() ? StreamSupport.stream(node.spliterator(), false) : Stream.of(node);
    }

    static Deployment deployment(String which) throws IOException {
        String file = which.equals(DEV) || which.equals(BUILT) ? "dev.yaml" : "wanspec.yaml";
        String text = Files.readString(Path.of("examples", file));
        if (which.equals(NARROW)) {
            text = text.replace("[us-east-1, us-east-2, us-west-2, eu-west-1, lab]", "[us-east-1, us-east-2]")
                    .replace("us-east-1          # what", "eu-north-1          # what")
                    .replace("network: private", "network: public")
                    .replace("runtime: java25", "runtime: provided.al2023");
        }
        if (which.equals(BUILT)) {
            text = text.replaceAll("image: \\S+", "image: build");
        }
        if (which.equals(CONSOLE)) {
            text = text.replace("console: false", "console: true");
        }
        Path copy = Files.createDirectories(Path.of("target", "settings")).resolve(which + ".yaml");
        return DeploymentReader.read(Files.writeString(copy, text));
    }

    /** Stand-ins, always the same, so that templates are. */
    private static FunctionPackages packages() throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "stand-ins"));
        for (String function : List.of("api", "worker", "sweeper", "authorizer")) {
            Files.writeString(folder.resolve("functions-" + function + ".zip"), "stands in for " + function);
        }
        return new FunctionPackages(folder);
    }

    private static Path images() throws IOException {
        Path folder = Path.of("target", "stand-in-images");
        Path lib = Files.createDirectories(folder.resolve("image").resolve("lib"));
        Files.writeString(lib.resolve("a.jar"), "stands in for libraries");
        Files.writeString(folder.resolve("image").resolve("Dockerfile.cpu"), "FROM scratch\n");
        return folder;
    }

    private static boolean hasNode() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
    }
}
