package io.wanspec.infra;

import static io.wanspec.infra.Synthesised.CONSOLE;
import static io.wanspec.infra.Synthesised.DEV;
import static io.wanspec.infra.Synthesised.EXAMPLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wanspec.infra.construct.ConsoleRoutes;
import io.wanspec.infra.construct.ConsoleRoutes.Limit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The console behind API Gateway: what comes without a key, and that nothing else is another than without it. */
class ConsoleRoutesTest {
    private static final Set<String> OPEN = Set.of("GET /console", "GET /console/{file}");

    @Test
    void theConsolesFilesNeedNoKeyAndEverythingElseDoes() {
        Map<String, JsonNode> routes = routes(target(CONSOLE));
        assertThat(routes.keySet())
                .containsExactlyInAnyOrder("ANY /", "ANY /{proxy+}", "GET /console", "GET /console/{file}");
        routes.forEach((route, method) -> {
            boolean open = OPEN.contains(route);
            assertThat(method.path("AuthorizationType").asText()).as(route).isEqualTo(open ? "NONE" : "CUSTOM");
            assertThat(method.has("AuthorizerId")).as(route).isEqualTo(!open);
        });
        for (String which : List.of(EXAMPLE, DEV)) {
            assertThat(routes(target(which)).values())
                    .isNotEmpty()
                    .allMatch(
                            method -> method.path("AuthorizationType").asText().equals("CUSTOM"));
        }
    }

    /** A greedy route would also get what its neighbours have no method for. */
    @Test
    void filesLieBesideThePageAndNotDeeper() {
        assertThat(routes(target(CONSOLE)).keySet()).noneMatch(route -> route.matches(".*/console/.*\\+}.*"));
    }

    @Test
    void theyAreServedAsEverythingElse() {
        Set<JsonNode> integrations = routes(target(CONSOLE)).values().stream()
                .map(method -> method.path("Integration"))
                .collect(Collectors.toSet());
        assertThat(integrations).hasSize(1);
        assertThat(integrations.iterator().next().path("ResponseTransferMode").asText())
                .isEqualTo("STREAM");
    }

    @Test
    void whoeverPaysNothingGetsLittle() {
        Map<String, JsonNode> settings = settings(target(CONSOLE));
        JsonNode all = Objects.requireNonNull(settings.remove("* /*"));
        assertThat(settings.keySet()).containsExactly("GET /~1console", "GET /~1console~1{file}");
        assertThat(limit(settings.get("GET /~1console"))).isEqualTo(ConsoleRoutes.PAGES);
        assertThat(limit(settings.get("GET /~1console~1{file}"))).isEqualTo(ConsoleRoutes.FILES);
        settings.forEach((route, own) -> {
            // What is said of a method takes the place of what is said of all.
            for (String kept : List.of("LoggingLevel", "DataTraceEnabled", "MetricsEnabled")) {
                assertThat(own.path(kept)).as("%s %s", route, kept).isEqualTo(all.path(kept));
            }
        });
        assertThat(settings(target(EXAMPLE))).isEqualTo(Map.of("* /*", all));
    }

    private static Limit limit(@Nullable JsonNode setting) {
        JsonNode own = Objects.requireNonNull(setting);
        return new Limit(
                own.path("ThrottlingRateLimit").asInt(),
                own.path("ThrottlingBurstLimit").asInt());
    }

    /** A browser that is refused some of the page's files has a page that does nothing. */
    @Test
    void aPageComesWhole() throws Exception {
        long files;
        try (Stream<Path> all = Files.list(Path.of("../functions/src/main/resources/io/wanspec/console"))) {
            files = all.filter(file -> !file.toString().matches(".*(LICENSE|index.html)"))
                    .count();
        }
        assertThat((long) ConsoleRoutes.FILES.burst()).isEqualTo(2 * files);
    }

    @Test
    void theApisFunctionAloneIsToldOfIt() {
        Map<String, String> told = Synthesised.resources(target(CONSOLE), "AWS::Lambda::Function").values().stream()
                .filter(function ->
                        function.at("/Properties/Environment/Variables").has("WANSPEC_CONSOLE"))
                .collect(Collectors.toMap(
                        function -> function.at("/Properties/FunctionName").asText(),
                        function -> function.at("/Properties/Environment/Variables/WANSPEC_CONSOLE")
                                .asText()));
        assertThat(told).isEqualTo(Map.of("wanspec-api", "public"));
        assertThat(target(EXAMPLE).toString()).doesNotContain("WANSPEC_CONSOLE");
    }

    /** No role may do more, and what is there without it is there as it was. */
    @Test
    void nothingElseChanges() {
        JsonNode with = target(CONSOLE).path("Resources");
        JsonNode without = target(EXAMPLE).path("Resources");
        Set<String> changed = new TreeSet<>();
        without.properties().forEach(entry -> {
            if (!entry.getValue().equals(with.path(entry.getKey()))) {
                changed.add(entry.getValue().path("Type").asText());
            }
        });
        Set<String> added = new TreeSet<>();
        with.properties().forEach(entry -> {
            if (!without.has(entry.getKey())) {
                added.add(entry.getValue().path("Type").asText());
            }
        });
        // A deployment's name has what it deploys in it.
        assertThat(changed)
                .containsExactly("AWS::ApiGateway::Deployment", "AWS::ApiGateway::Stage", "AWS::Lambda::Function");
        assertThat(added)
                .containsExactly(
                        "AWS::ApiGateway::Deployment",
                        "AWS::ApiGateway::Method",
                        "AWS::ApiGateway::Resource",
                        "AWS::Lambda::Permission");
    }

    @Test
    void itsAddressIsAnOutput() {
        assertThat(output(target(CONSOLE))).contains("https://api.example.com/console");
        assertThat(output(target(EXAMPLE))).doesNotContain("console");
    }

    private static String output(JsonNode template) {
        return template.path("Outputs").toString();
    }

    private static JsonNode target(String which) {
        return Synthesised.json(
                Synthesised.template(which, which.equals(DEV) ? "wanspec-dev-target" : "wanspec-target"));
    }

    /** Methods by verb and path. */
    private static Map<String, JsonNode> routes(JsonNode template) {
        Map<String, JsonNode> routes = new TreeMap<>();
        Map<String, JsonNode> resources = Synthesised.resources(template, "AWS::ApiGateway::Resource");
        Synthesised.resources(template, "AWS::ApiGateway::Method").values().forEach(method -> {
            JsonNode properties = method.path("Properties");
            String path = path(properties.path("ResourceId"), resources);
            routes.put(properties.path("HttpMethod").asText() + " " + (path.isEmpty() ? "/" : path), properties);
        });
        return routes;
    }

    private static String path(JsonNode reference, Map<String, JsonNode> resources) {
        JsonNode resource = resources.get(reference.path("Ref").asText());
        return resource == null
                ? ""
                : path(resource.at("/Properties/ParentId"), resources) + "/"
                        + resource.at("/Properties/PathPart").asText();
    }

    private static Map<String, JsonNode> settings(JsonNode template) {
        Map<String, JsonNode> settings = new TreeMap<>();
        Synthesised.resources(template, "AWS::ApiGateway::Stage").values().stream()
                .flatMap(stage -> Synthesised.entries(stage.at("/Properties/MethodSettings")))
                .forEach(setting -> settings.put(
                        setting.path("HttpMethod").asText() + " "
                                + setting.path("ResourcePath").asText(),
                        setting));
        return settings;
    }
}
