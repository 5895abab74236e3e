package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.functions.access.RouteScopes;
import io.wanspec.functions.idempotency.IdempotencyKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The routes, as the compiler found them in the controllers, with the shapes of bodies, which are read and written by hand and so
 * described by hand. What holds for all routes alike is said here, once: the key that they ask for, and the errors that they may
 * answer with.
 */
final class OpenApiDocument {
    private static final String ROUTES = "META-INF/swagger/wanspec-1.yml";
    private static final String SHAPES = "openapi-shapes.yml";

    /** Under which name a key is described. */
    private static final String KEY = "key";

    private static final String ERROR = "Error";

    /** Far more than the shapes have: the text is this build's own. */
    private static final int ALIASES_MAX = 1_000;

    private OpenApiDocument() {}

    static ObjectNode read() {
        ObjectNode document = yaml(ROUTES);
        ObjectNode shapes = yaml(SHAPES);
        JsonNode errors = shapes.remove("errors");
        document.putObject("components").setAll(shapes);
        describe(errors, (ObjectNode) shapes.path("responses"));
        document.at("/paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> describe(method.getKey(), path.getKey(), method.getValue(), errors)));
        mayNeedAKey(document);
        return document;
    }

    /** A response for each error that all routes share. */
    private static void describe(JsonNode errors, ObjectNode responses) {
        errors.properties().forEach(error -> {
            ObjectNode response = responses.path(ERROR).deepCopy();
            response.set("description", error.getValue());
            responses.set(ERROR + error.getKey(), response);
        });
    }

    private static void describe(String method, String path, JsonNode operation, JsonNode errors) {
        operation.path("responses").forEach(OpenApiDocument::isAnObject);
        mayFail(operation, "default", ERROR);
        if (method.equals("post")) {
            mayBeRepeated((ObjectNode) operation);
        }
        if (RouteScopes.isPublic(method.toUpperCase(Locale.ROOT), path)) {
            ((ObjectNode) operation).putArray("security");
        } else {
            errors.fieldNames().forEachRemaining(status -> mayFail(operation, status, ERROR + status));
        }
    }

    /** Whatever is posted may have a key of its own. */
    private static void mayBeRepeated(ObjectNode operation) {
        ObjectNode key = operation.withArray("parameters").addObject();
        key.put("name", Idempotency.HEADER).put("in", "header").put("description", Idempotency.DOCUMENTED);
        key.putObject("schema").put("type", "string").put("minLength", 1).put("maxLength", IdempotencyKey.LENGTH_MAX);
    }

    /** A bearer key, or nothing: access control is a setting. */
    private static void mayNeedAKey(ObjectNode document) {
        ArrayNode either = document.putArray("security");
        either.addObject().putArray(KEY);
        either.addObject();
    }

    /** What is not described is JSON that is written by hand: to the compiler, bytes. */
    private static void isAnObject(JsonNode response) {
        JsonNode described = response.at("/content/application~1json/schema");
        if (described instanceof ObjectNode schema && !schema.has("$ref")) {
            schema.removeAll().put("type", "object");
        }
    }

    /** Unless the route says itself what such an answer is. */
    private static void mayFail(JsonNode operation, String status, String error) {
        if (operation.path("responses") instanceof ObjectNode responses && !responses.has(status)) {
            responses.putObject(status).put("$ref", "#/components/responses/" + error);
        }
    }

    private static ObjectNode yaml(String name) {
        try (InputStream text = OpenApiDocument.class.getClassLoader().getResourceAsStream(name)) {
            if (text == null) {
                throw new IllegalStateException("this build has no " + name);
            }
            var options = new LoaderOptions();
            options.setMaxAliasesForCollections(ALIASES_MAX);
            Object tree = new Yaml(new SafeConstructor(options)).load(text);
            if (Json.tree(tree) instanceof ObjectNode object) {
                return object;
            }
            throw new IllegalStateException(name + " holds no object");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
