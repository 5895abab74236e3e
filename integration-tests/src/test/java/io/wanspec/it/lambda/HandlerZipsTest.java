package io.wanspec.it.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.functions.access.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.model.Message;

/** The zips of the functions without HTTP as Lambda runs them: events as AWS makes them, and the answers that it is given. */
@Timeout(180)
final class HandlerZipsTest {
    private static final String TABLE = "WANSPEC_SESSIONS_ENDPOINT_OVERRIDE";

    @TempDir
    private Path folder;

    @Test
    void theWorkerDoesWhatItCanOfABatchAndNamesTheRest() throws Exception {
        FunctionZip.of("worker");
        try (var cloud = new JobCloud(folder);
                var table = new GuardedTable("worker", cloud.table())) {
            String id = cloud.post(ask(true)).path("id").asText();
            cloud.message("{\"no\": \"job\"}");
            List<Message> batch = batchOf(2, cloud);
            Map<String, String> settings = new HashMap<>(cloud.environment());
            // So that what cannot be read has nowhere to go but back.
            settings.remove("WANSPEC_JOBS_DEAD_LETTERS");
            settings.put(TABLE, table.endpoint().toString());

            try (var worker = HandlerFunction.start("worker", folder.resolve("worker"), settings)) {
                JsonNode answer = worker.call(LambdaEvents.batch(batch));

                assertThat(answer.path("batchItemFailures"))
                        .singleElement()
                        .satisfies(
                                kept -> assertThat(kept.path("itemIdentifier").asText())
                                        .isEqualTo(unreadable(batch).messageId()));
                JsonNode done = cloud.response(id);
                JsonNode undisturbed = cloud.post(ask(false));
                assertThat(done.path("status")).isEqualTo(undisturbed.path("status"));
                assertThat(text(done)).isNotEmpty().isEqualTo(text(undisturbed));
                // The next event in the same process.
                assertThat(worker.call(LambdaEvents.batch(List.of())).path("batchItemFailures"))
                        .isEmpty();
            }
            asksForNothingElse(table);
        }
    }

    @Test
    void theSweeperEndsWhatWasAbandonedAndLeavesTheRest() throws Exception {
        FunctionZip.of("sweeper");
        try (var cloud = new JobCloud(folder);
                var table = new GuardedTable("sweeper", cloud.table())) {
            String abandoned = cloud.post(ask(true)).path("id").asText();
            String waiting = cloud.post(ask(true)).path("id").asText();
            cloud.abandon("sess_" + abandoned.substring("resp_".length()), Duration.ofHours(1));

            Map<String, String> settings = new HashMap<>(cloud.environment());
            settings.put(TABLE, table.endpoint().toString());

            try (var sweeper = HandlerFunction.start("sweeper", folder.resolve("sweeper"), settings)) {
                JsonNode swept = sweeper.call(LambdaEvents.schedule());
                assertThat(swept.path("givenUp").asInt()).isEqualTo(1);
                assertThat(swept.path("deleted").asInt()).isZero();
                assertThat(swept.path("more").asBoolean()).isFalse();
                assertThat(cloud.response(abandoned).path("status").asText()).isEqualTo("incomplete");
                assertThat(cloud.response(waiting).path("status").asText()).isEqualTo("queued");
                assertThat(sweeper.call(LambdaEvents.schedule()).path("givenUp").asInt())
                        .isZero();
            }
            asksForNothingElse(table);
        }
    }

    @Test
    void theAuthorizerTellsKeysApart() throws Exception {
        FunctionZip.of("authorizer");
        try (var table = new KeyedTable(SharedAwsEmulator.endpoint());
                var guarded = new GuardedTable("authorizer", SharedAwsEmulator.endpoint())) {
            Map<String, String> settings = settings(table);
            settings.put(TABLE, guarded.endpoint().toString());
            try (var authorizer = HandlerFunction.start("authorizer", folder, settings)) {
                tellsKeysApart(authorizer, table);
            }
            asksForNothingElse(guarded);
        }
    }

    @Test
    void andUnderTheRuntimeInterfaceEmulatorToo() throws Exception {
        Path emulator = LambdaTools.emulator();
        FunctionZip.of("authorizer");
        try (var table = new KeyedTable(SharedAwsEmulator.endpoint());
                var authorizer = HandlerFunction.startUnderEmulator(emulator, "authorizer", folder, settings(table))) {
            tellsKeysApart(authorizer, table);
        }
    }

    private static void tellsKeysApart(HandlerFunction authorizer, KeyedTable table) throws Exception {
        var usual = table.create(Scope.INFERENCE, Scope.RESPONSES);
        JsonNode allowed = authorizer.call(LambdaEvents.authorization("Bearer " + usual.reveal()));
        assertThat(allowed.at("/policyDocument/Statement/0/Effect").asText()).isEqualTo("Allow");
        assertThat(allowed.at("/policyDocument/Statement/0/Resource/0").asText())
                .endsWith("abcdef1234/prod/*");
        assertThat(allowed.path("principalId").asText()).isEqualTo(usual.id());
        assertThat(allowed.at("/context/wanspecScopes").asText()).isEqualTo("inference responses");

        // The policy is for the whole stage, so a lacking scope is for the API to see: it is told which there are.
        var narrow = table.create(Scope.METRICS);
        JsonNode other = authorizer.call(LambdaEvents.authorization("Bearer " + narrow.reveal()));
        assertThat(other.at("/policyDocument/Statement/0/Effect").asText()).isEqualTo("Allow");
        assertThat(other.at("/context/wanspecScopes").asText()).isEqualTo("metrics");

        JsonNode unknown = authorizer.call(
                LambdaEvents.authorization("Bearer " + table.unknown().reveal()));
        assertThat(unknown.path("errorMessage").asText()).isEqualTo("Unauthorized");
        assertThat(authorizer
                        .call(LambdaEvents.authorization("Bearer sk-something"))
                        .path("errorMessage")
                        .asText())
                .isEqualTo("Unauthorized");

        table.revoke(usual);
        JsonNode revoked = authorizer.call(LambdaEvents.authorization("Bearer " + usual.reveal()));
        assertThat(revoked.at("/policyDocument/Statement/0/Effect").asText()).isEqualTo("Deny");
        assertThat(revoked.toString()).doesNotContain("wanspecScopes");
    }

    /** Than what its role lets it have: where it would be refused, some of its work is not done, and not all of that is told. */
    private static void asksForNothingElse(GuardedTable table) {
        assertThat(table.refused()).isEmpty();
        assertThat(table.allowed()).isPositive();
    }

    private static Map<String, String> settings(KeyedTable table) {
        Map<String, String> settings = new HashMap<>(table.environment());
        settings.put("WANSPEC_JAVA_HOME", System.getProperty("java.home"));
        settings.put("WANSPEC_JAVA_OPTIONS", "-Xmx256m");
        settings.put("WANSPEC_TARGET_REGION", KeyedTable.REGION);
        settings.put("WANSPEC_TARGET_ENDPOINT", "target");
        settings.put("AWS_ACCESS_KEY_ID", "local");
        settings.put("AWS_SECRET_ACCESS_KEY", "local");
        return settings;
    }

    private static List<Message> batchOf(int count, JobCloud cloud) {
        List<Message> batch = new ArrayList<>();
        while (batch.size() < count) {
            batch.addAll(cloud.receive(count - batch.size()));
        }
        return batch;
    }

    private static Message unreadable(List<Message> batch) {
        return batch.stream()
                .filter(message -> message.body().contains("\"no\""))
                .findFirst()
                .orElseThrow();
    }

    private static String text(JsonNode response) {
        return response.at("/output/0/content/0/text").asText();
    }

    private static String ask(boolean background) {
        return "{\"model\": \"" + ToyRegions.MODEL
                + "\", \"input\": \"Hello\", \"max_output_tokens\": 400, \"seed\": 7, \"background\": " + background
                + "}";
    }
}
