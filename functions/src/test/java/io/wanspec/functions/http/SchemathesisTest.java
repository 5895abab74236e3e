package io.wanspec.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.functions.Stage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Others' tools on the document, and on the server that it describes: a validator, and requests that are made from it, right ones
 * and wrong ones. The build server has them in the folder that {@code WANSPEC_API_TOOLS} names.
 */
@EnabledIfEnvironmentVariable(
        named = "WANSPEC_API_TOOLS",
        matches = ".+",
        disabledReason = "needs .ci/run's Python tools")
final class SchemathesisTest {
    @TempDir
    private Path folder = Path.of("");

    private static final String EXAMPLES = System.getenv().getOrDefault("WANSPEC_API_EXAMPLES", "30");

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void theDocumentIsValidAndNoRequestMadeFromItBreaksTheServer() throws Exception {
        try (Stage stage = new Stage(Map.of("wanspec.limits.default-max-tokens", "4")).ready()) {
            stage.target.passMillis = 0;
            String document = document(stage);

            run("python", "-c", VALIDATE, document);
            run(
                    "schemathesis",
                    "run",
                    document,
                    "--url",
                    stage.uri("").toString(),
                    "--checks",
                    "not_a_server_error,response_schema_conformance,content_type_conformance",
                    "--max-examples",
                    EXAMPLES,
                    "--mode",
                    "all",
                    "--phases",
                    "examples,coverage,fuzzing",
                    "--seed",
                    "1",
                    "--suppress-health-check",
                    "all",
                    "--no-color");
        }
    }

    /** The served one, where the model's name is no secret: most requests would only hear that theirs does not exist. */
    private String document(Stage stage) throws Exception {
        ObjectNode document = (ObjectNode)
                new JsonMapper().readTree(stage.get("/openapi.json").body());
        document.at("/components/schemas").forEach(schema -> {
            if (schema.at("/properties/model") instanceof ObjectNode model && schema.has("additionalProperties")) {
                model.putArray("enum").add(Stage.MODEL);
            }
        });
        Path file = folder.resolve("openapi.json");
        Files.writeString(file, document.toString());
        return file.toString();
    }

    private static final String VALIDATE = """
            import json, sys
            from openapi_spec_validator import validate
            validate(json.load(open(sys.argv[1])))
            """;

    /** Where the tools leave their caches is the test's own folder. */
    private void run(String tool, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getenv("WANSPEC_API_TOOLS"), "bin", tool).toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        System.out.println(output.substring(Math.max(0, output.length() - 2_000)));
    }
}
