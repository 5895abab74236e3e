package io.wanspec.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.SessionId;
import io.wanspec.functions.follow.TextRecords;
import io.wanspec.functions.follow.WithoutReaders;
import io.wanspec.functions.responses.ResponseId;
import io.wanspec.testing.SteadyThread;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Others' tools on the document, and on the server that it describes, table and queue included: a validator, and requests that are
 * made from it, right ones and wrong ones. The build server has them in the folder that {@code WANSPEC_API_TOOLS} names. More
 * requests: {@code -Dwanspec.api.requests=10000}.
 */
@EnabledIfEnvironmentVariable(
        named = "WANSPEC_API_TOOLS",
        matches = ".+",
        disabledReason = "needs .ci/run's Python tools")
final class SchemathesisTest {
    private static final int REQUESTS = Integer.getInteger("wanspec.api.requests", 60);

    /** For each operation and seed. */
    private static final int EXAMPLES_MAX = 100;

    private static final int SEEDS_MAX = 60;

    /** Known by the document, so that not all requests are for what does not exist. */
    private static final int RESPONSES = 6;

    private static final Pattern SENT = Pattern.compile("(\\d+) generated");

    @TempDir
    private Path folder = Path.of("");

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void theDocumentIsValidAndNoRequestMadeFromItBreaksTheServer() throws Exception {
        try (TableStage stage = new TableStage(Map.of("wanspec.limits.default-max-tokens", "4"))) {
            stage.stage.target.passMillis = 0;
            ObjectNode document = (ObjectNode) stage.json(TableStage.get("/openapi.json"));
            Path served = write("served.json", document.toString());
            run("python", "-c", VALIDATE, served.toString());
            int operations =
                    document.at("/paths").valueStream().mapToInt(JsonNode::size).sum();
            int examples = Math.clamp(REQUESTS / operations, 1, EXAMPLES_MAX);
            var records = stage.other.getApplicationContext().getBean(TextRecords.class);
            try (var _ = SteadyThread.start("worker", () -> work(stage, records))) {
                assertThat(send(stage, write("known.json", known(document, stage)), examples))
                        .isGreaterThanOrEqualTo(REQUESTS);
            }
        }
    }

    /**
     * An operation of few parameters, or none, has nothing more to try before its examples are used up; so what is missing comes of
     * other seeds, without the systematic cases, which are the same for each.
     */
    private int send(TableStage stage, Path document, int examples) throws Exception {
        write("wanspec_hooks.py", NO_STACK_TRACE);
        int sent = fuzz(stage, document, examples, "examples,coverage,fuzzing", 1);
        for (int seed = 2; sent < REQUESTS && seed <= SEEDS_MAX; seed++) {
            sent += fuzz(stage, document, examples, "fuzzing", seed);
        }
        return sent;
    }

    /** @return how many requests were sent */
    private int fuzz(TableStage stage, Path document, int examples, String phases, int seed) throws Exception {
        return sent(run(
                "schemathesis",
                "run",
                document.toString(),
                "--url",
                stage.stage.uri("").toString(),
                "--checks",
                "not_a_server_error,response_schema_conformance,content_type_conformance,no_stack_trace",
                "--max-examples",
                Integer.toString(examples),
                "--request-timeout",
                "60",
                "--mode",
                "all",
                "--phases",
                phases,
                "--seed",
                Integer.toString(seed),
                "--suppress-health-check",
                "all",
                "--no-color"));
    }

    /** The served document with names that exist: most requests would only hear that theirs do not. */
    private static String known(ObjectNode document, TableStage stage) throws Exception {
        List<String> responses = responses(stage, RESPONSES);
        List<String> toDelete = responses(stage, 1);
        List<String> sessions = responses.stream()
                .map(id -> new ResponseId(id).session().value())
                .toList();
        document.at("/components/schemas").forEach(schema -> {
            if (schema.at("/properties/model") instanceof ObjectNode model
                    && model.path("type").asText().equals("string")
                    && schema.has("additionalProperties")) {
                model.putArray("enum").add(Stage.MODEL);
            }
            if (schema.at("/properties") instanceof ObjectNode fields && fields.has("previous_response_id")) {
                fields.set("previous_response_id", oneOfOrAny(responses));
            }
        });
        document.at("/paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    var names = operation.getKey().equals("delete") ? toDelete : responses;
                    var ids = path.getKey().contains("/sessions/") ? sessions : names;
                    name(operation.getValue(), "id", ids);
                    name(operation.getValue(), "Idempotency-Key", List.of("a", "b"));
                }));
        return document.toString();
    }

    private static void name(JsonNode operation, String parameter, List<String> known) {
        operation.path("parameters").forEach(described -> {
            if (described.path("name").asText().equals(parameter)) {
                ((ObjectNode) described).set("schema", oneOfOrAny(known));
            }
        });
    }

    private static List<String> responses(TableStage stage, int count) throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(stage.json(TableStage.post(
                            "/v1/responses",
                            "{\"model\": \"" + Stage.MODEL + "\", \"input\": \"Hello\", \"background\": " + (i % 2 == 0)
                                    + "}"))
                    .at("/id")
                    .asText());
        }
        return ids;
    }

    private static ObjectNode oneOfOrAny(List<String> known) {
        ObjectNode schema = TableStage.MAPPER.createObjectNode();
        ArrayNode any = schema.putArray("anyOf");
        known.forEach(any.addObject().put("type", "string").putArray("enum")::add);
        any.addObject().put("type", "string").put("minLength", 1);
        return schema;
    }

    /** What is asked for in the background is made, or whoever follows it would wait. */
    private static void work(TableStage stage, TextRecords records) {
        stage.eachJob(job -> records.resume(session(job), WithoutReaders.GO_ON));
    }

    private static SessionId session(String job) {
        try {
            return new SessionId(TableStage.MAPPER.readTree(job).path("session").asText());
        } catch (JsonProcessingException e) {
            throw new AssertionError(job, e);
        }
    }

    private static int sent(String said) {
        Matcher count = SENT.matcher(said);
        return count.find() ? Integer.parseInt(count.group(1)) : 0;
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static final String VALIDATE = """
            import json, sys
            from openapi_spec_validator import validate
            validate(json.load(open(sys.argv[1])))
            """;

    /** Names of exceptions by their form: the tool also sends words that it finds in this program, and the server repeats some. */
    private static final String NO_STACK_TRACE = """
            import re
            import schemathesis

            TRACE = re.compile(r"[A-Z]\\w+(Exception)\\b|\\tat [a-z]")

            @schemathesis.check
            def no_stack_trace(ctx, response, case):
                text = response.content.decode("utf-8", "replace")
                assert not TRACE.search(text), text[:500]
            """;

    /** Where the tools leave their caches is the test's own folder. */
    private String run(String tool, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getenv("WANSPEC_API_TOOLS"), "bin", tool).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("SCHEMATHESIS_HOOKS", "wanspec_hooks");
        builder.environment().put("PYTHONPATH", folder.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        System.out.println(output.substring(Math.max(0, output.length() - 2_000)));
        return output;
    }
}
