package io.wanspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.functions.access.KeySecret;
import io.wanspec.functions.settings.StoreSettings;
import io.wanspec.functions.table.DynamoTable;
import io.wanspec.functions.table.TableClient;
import io.wanspec.functions.table.TableSchema;
import io.wanspec.functions.workers.WorkerToken;
import io.wanspec.functions.workers.WorkerTokens;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** {@code wanspec worker token} against a table of the AWS emulator. */
final class WorkerTokenCommandTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String TABLE = SharedAwsEmulator.freshName("tokens");
    private static DynamoDbAsyncClient client;

    @TempDir
    private Path folder;

    private CommandRuns commands;

    @BeforeAll
    static void start() {
        var settings = new StoreSettings(
                "us-east-1", SharedAwsEmulator.endpoint(), TABLE, Duration.ofHours(1), false, Duration.ofSeconds(1));
        client = TableClient.of(settings, StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")));
        TableSchema.createIfAbsent(client, TABLE);
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    @BeforeEach
    void aCloudRuns() throws Exception {
        commands = new CommandRuns(folder);
        commands.aCloudRuns(TABLE, "us-east-1");
    }

    private static WorkerTokens tokens() {
        return new WorkerTokens(new DynamoTable(client, TABLE, Clock.systemUTC()));
    }

    @Test
    void aTokenIsMadeShownOnceListedAndRevoked() {
        assertThat(commands.run("worker", "token", "create", "--name", "lab", "--site", "campus", "--slots", "4"))
                .as(commands.err())
                .isZero();
        String token = commands.out().strip();
        KeySecret secret = KeySecret.parse(token).orElseThrow();
        assertThat(commands.err()).contains("shown this once").doesNotContain(token);
        assertThat(tokens().find(secret.id())).map(WorkerToken::scope).hasValueSatisfying(scope -> {
            assertThat(scope.site()).isEqualTo("campus");
            assertThat(scope.slots()).isEqualTo(4);
        });
        assertThat(tokens().find(secret.id()).orElseThrow().key().limits().requestsPerMinute())
                .as("sixteen workers, and what comes on top")
                .hasValue(212);

        assertThat(commands.run("worker", "token", "list")).isZero();
        assertThat(commands.out())
                .contains(secret.id(), "lab", "active", "campus", "any")
                .doesNotContain(secret.hash())
                .doesNotContain(token.substring(17));

        assertThat(commands.run("worker", "token", "revoke", secret.id())).isZero();
        assertThat(commands.out()).contains("is revoked");
        assertThat(tokens().find(secret.id()).orElseThrow().key().revokedAt()).isPresent();
    }

    @Test
    void aTokenAsJson() throws Exception {
        assertThat(commands.run(
                        "worker",
                        "token",
                        "create",
                        "--name",
                        "script",
                        "--site",
                        "lab-2",
                        "--owners",
                        "team-a,team-b",
                        "--expires-days",
                        "1",
                        "--json"))
                .isZero();
        JsonNode json = MAPPER.readTree(commands.out());
        assertThat(KeySecret.parse(json.path("token").asText())).isPresent();
        assertThat(json.path("owners").toString()).isEqualTo("[\"team-a\",\"team-b\"]");
        assertThat(json.path("workers").asInt()).isEqualTo(16);
        assertThat(json.has("expiresAt")).isTrue();
        assertThat(json.has("hash")).isFalse();
    }

    @Test
    void aKeyIsNoToken() {
        assertThat(commands.run("key", "create", "--name", "laptop")).isZero();
        String id = KeySecret.parse(commands.out().strip()).orElseThrow().id();
        assertThat(commands.run("worker", "token", "revoke", id)).isEqualTo(ExitCodes.FAILED);
        assertThat(commands.err()).contains("there is no token '" + id + "'");
        assertThat(commands.run("key", "create", "--name", "x", "--scopes", "worker"))
                .isEqualTo(ExitCodes.USAGE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"--slots|0", "--workers|257", "--site|a site", "--expires-days|soon"})
    void whatIsOutOfBoundsIsRefused(String option, String value) {
        assertThat(commands.run("worker", "token", "create", "--name", "lab", "--site", "campus", option, value))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(commands.out()).isEmpty();
    }
}
