package io.wanspec.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micronaut.http.HttpMethod;
import io.micronaut.web.router.Router;
import io.wanspec.functions.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The OpenAPI document says what the server does, all of it and nothing else. */
final class DocumentTest {
    private static final Set<HttpMethod> BY_ITSELF = Set.of(HttpMethod.HEAD, HttpMethod.OPTIONS);

    /** A page with its files, and no part of the API. */
    private static final String PAGE = "/console";

    private static Stage stage;
    private static JsonNode document;

    @BeforeAll
    static void start() throws Exception {
        stage = new Stage(Map.of()).ready();
        document = new JsonMapper().readTree(stage.get("/openapi.json").body());
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @Test
    void everyRouteIsInTheDocumentAndNoOther() {
        Set<String> routed = stage.server
                .getApplicationContext()
                .getBean(Router.class)
                .uriRoutes()
                .filter(route -> !BY_ITSELF.contains(route.getHttpMethod()))
                .filter(route -> !route.getUriMatchTemplate().toPathString().startsWith(PAGE))
                .map(route -> route.getHttpMethod() + " "
                        + route.getUriMatchTemplate().toPathString().replaceAll("\\{(\\w+):[^}]*}", "{$1}"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> documented = new TreeSet<>();
        document.at("/paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

        assertThat(documented).isEqualTo(routed);
        assertThat(document.at("/openapi").asText()).startsWith("3.");
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryOperationHasANameOfItsOwn() {
        List<String> references = new ArrayList<>();
        collect(document, "$ref", references);
        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());

        List<String> names = new ArrayList<>();
        collect(document.at("/paths"), "operationId", names);
        assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(5);
    }

    private static void collect(JsonNode node, String field, List<String> into) {
        if (node.path(field).isTextual()) {
            into.add(node.path(field).asText());
        }
        node.forEach(child -> collect(child, field, into));
    }

    @Test
    void everyRouteThatAsksForAKeySaysSoAndWhatItMayRefuse() {
        assertThat(document.at("/components/securitySchemes/key/scheme").asText())
                .isEqualTo("bearer");
        assertThat(document.at("/security/0").has("key")).isTrue();
        document.at("/paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    JsonNode operation = method.getValue();
                    String route = method.getKey() + " " + path.getKey();
                    boolean isPublic = operation.path("security").isArray();
                    assertThat(isPublic)
                            .as(route)
                            .isEqualTo(!path.getKey().startsWith("/v1/")
                                    && !path.getKey().equals("/metrics"));
                    assertThat(operation.at("/responses").has("default"))
                            .as(route)
                            .isTrue();
                    for (String status : List.of("401", "403", "404", "409", "422", "429", "503")) {
                        String error =
                                operation.at("/responses/" + status + "/$ref").asText();
                        assertThat(isPublic || error.startsWith("#/components/responses/"))
                                .as(route + " " + status)
                                .isTrue();
                        assertThat(isPublic
                                        || document.at(error.substring(1) + "/content/application~1json/schema/$ref")
                                                .asText()
                                                .endsWith("/Error"))
                                .as(route + " " + status)
                                .isTrue();
                    }
                }));
    }

    @Test
    void whatIsDocumentedOfARequestIsRead() throws Exception {
        for (Map.Entry<String, Api> shape : Map.of(
                        "ChatCompletionRequest",
                        Api.CHAT,
                        "CompletionRequest",
                        Api.TEXT,
                        "ResponseRequest",
                        Api.RESPONSES)
                .entrySet()) {
            for (String field : fields(shape.getKey())) {
                var answer = stage.post(path(shape.getValue()), "{\"" + field + "\": {\"\": {}}}");
                assertThat(answer.body()).as(field).doesNotContain("Unknown parameter: '" + field + "'");
            }
        }
        for (String field : fields("Speculation")) {
            assertThat(stage.post(path(Api.CHAT), "{\"wanspec\": {\"" + field + "\": []}}")
                            .body())
                    .as(field)
                    .doesNotContain("Unknown parameter: 'wanspec." + field + "'");
        }
    }

    @Test
    void whatIsReadOfARequestIsDocumented() {
        assertThat(fields("ChatCompletionRequest")).containsAll(IgnoredParameters.names(Api.CHAT));
        assertThat(fields("CompletionRequest")).containsAll(IgnoredParameters.names(Api.TEXT));
        assertThat(fields("ResponseRequest")).containsAll(IgnoredParameters.names(Api.RESPONSES));
        assertThat(fields("ChatCompletionRequest"))
                .contains("model", "messages", "max_tokens", "max_completion_tokens", "temperature", "top_p", "top_k")
                .contains("seed", "stop", "stream", "stream_options", "wanspec");
    }

    private static String path(Api api) {
        return switch (api) {
            case CHAT -> "/v1/chat/completions";
            case TEXT -> "/v1/completions";
            case RESPONSES -> "/v1/responses";
        };
    }

    private static Set<String> fields(String schema) {
        Set<String> fields = new HashSet<>();
        document.at("/components/schemas/" + schema + "/properties")
                .fieldNames()
                .forEachRemaining(fields::add);
        assertThat(fields).as(schema).isNotEmpty();
        return fields;
    }
}
