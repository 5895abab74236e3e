package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The routes, as the compiler found them in the controllers, with the shapes of bodies, which are read and written by hand and so
 * described by hand. Any operation may answer with an error.
 */
final class OpenApiDocument {
    private static final String ROUTES = "META-INF/swagger/wanspec-1.yml";
    private static final String SHAPES = "openapi-shapes.yml";

    private OpenApiDocument() {}

    static ObjectNode read() {
        ObjectNode document = yaml(ROUTES);
        ObjectNode components = document.putObject("components");
        components.setAll(yaml(SHAPES));
        document.at("/paths")
                .forEach(path -> path.forEach(operation -> {
                    operation.path("responses").forEach(OpenApiDocument::isAnObject);
                    mayFail(operation);
                }));
        return document;
    }

    /** What is not described is JSON that is written by hand: to the compiler, bytes. */
    private static void isAnObject(JsonNode response) {
        JsonNode described = response.at("/content/application~1json/schema");
        if (described instanceof ObjectNode schema && !schema.has("$ref")) {
            schema.removeAll().put("type", "object");
        }
    }

    private static void mayFail(JsonNode operation) {
        if (operation.path("responses") instanceof ObjectNode responses && !responses.has("default")) {
            responses.putObject("default").put("$ref", "#/components/responses/Error");
        }
    }

    private static ObjectNode yaml(String name) {
        try (InputStream text = OpenApiDocument.class.getClassLoader().getResourceAsStream(name)) {
            if (text == null) {
                throw new IllegalStateException("this build has no " + name);
            }
            Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
            if (Json.tree(tree) instanceof ObjectNode object) {
                return object;
            }
            throw new IllegalStateException(name + " holds no object");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
