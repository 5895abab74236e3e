package io.wanspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.functions.access.KeySecret;
import io.wanspec.functions.access.KeyStore;
import io.wanspec.functions.settings.StoreSettings;
import io.wanspec.functions.table.DynamoTable;
import io.wanspec.functions.table.TableClient;
import io.wanspec.functions.table.TableSchema;
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

/** {@code wanspec key} against a table of the AWS emulator. */
final class KeyCommandTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String TABLE = SharedAwsEmulator.freshName("keys");
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

    @BeforeEach
    void commands() {
        commands = new CommandRuns(folder);
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    @Test
    void aKeyIsMadeShownOnceListedUsedAndRevoked() throws Exception {
        aCloudRuns();
        assertThat(run("key", "create", "--name", "laptop", "--owner", "team-a", "--requests-per-minute", "60"))
                .as(err())
                .isZero();
        String key = out().strip();
        KeySecret secret = KeySecret.parse(key).orElseThrow();
        assertThat(err()).contains("shown this once").doesNotContain(key);
        assertThat(new KeyStore(new DynamoTable(client, TABLE, Clock.systemUTC())).find(secret.hash()))
                .hasValueSatisfying(stored -> assertThat(stored.owner()).isEqualTo("team-a"));

        assertThat(run("key", "list")).isZero();
        assertThat(out()).contains(secret.id(), "laptop", "team-a", "active", "60", "inference,responses");
        assertThat(out()).doesNotContain(key.substring(17)).doesNotContain(secret.hash());

        assertThat(run("key", "usage", secret.id())).isZero();
        assertThat(out()).contains("REQUESTS");

        assertThat(run("key", "revoke", secret.id())).isZero();
        assertThat(run("key", "list", "--json")).isZero();
        assertThat(MAPPER.readTree(out()).path("keys").findValuesAsText("state"))
                .contains("revoked");
    }

    @Test
    void aKeyAsJson() throws Exception {
        aCloudRuns();
        assertThat(run(
                        "key",
                        "create",
                        "--name",
                        "script",
                        "--scopes",
                        "metrics",
                        "--prompt-regions",
                        "us-east-1,eu-west-1",
                        "--tokens-per-day",
                        "1000000",
                        "--expires-days",
                        "1",
                        "--json"))
                .isZero();
        JsonNode json = MAPPER.readTree(out());
        assertThat(KeySecret.parse(json.path("key").asText())).isPresent();
        assertThat(json.path("scopes").toString()).isEqualTo("[\"metrics\"]");
        assertThat(json.path("promptRegions").toString()).isEqualTo("[\"eu-west-1\",\"us-east-1\"]");
        assertThat(json.at("/limits/tokensPerDay").asLong()).isEqualTo(1_000_000);
        assertThat(json.has("expiresAt")).isTrue();
        assertThat(json.has("hash")).isFalse();
    }

    @Test
    void withoutATableTheRemedyIsTold() {
        assertThat(run("key", "list")).isEqualTo(ExitCodes.FAILED);
        assertThat(err()).contains("no local cloud runs", "./wanspec up --require-keys", "--table");
    }

    @Test
    void aKeyThatIsNotThereCannotBeRevoked() throws Exception {
        aCloudRuns();
        assertThat(run("key", "revoke", "abcdefabcdef")).isEqualTo(ExitCodes.FAILED);
        assertThat(err()).contains("there is no key 'abcdefabcdef'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--scopes|everything",
                "--requests-per-minute|0",
                "--tokens-per-day|many",
                "--concurrent|-1",
                "--expires-days|4000",
                "--prompt-regions|us east"
            })
    void whatCannotBeMeantIsRefused(String option, String value) {
        assertThat(run("key", "create", "--name", "x", option, value)).isEqualTo(ExitCodes.USAGE);
        assertThat(err()).contains(option + " must be ").contains("not '" + value + "'");
    }

    @Test
    void aTableNeedsItsRegion() {
        assertThat(run("key", "list", "--table", "t")).isEqualTo(ExitCodes.USAGE);
        assertThat(err()).contains("--table needs its --region");
        assertThat(run("key", "list", "--region", "us-east-1")).isEqualTo(ExitCodes.USAGE);
        assertThat(run("key", "list", "--table", "t", "--region", "us-east-1", "--endpoint-url", "http://10.0.0.1"))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(err()).contains("must use https");
    }

    private void aCloudRuns() throws Exception {
        commands.aCloudRuns(TABLE, "us-east-1");
    }

    private int run(String... arguments) {
        return commands.run(arguments);
    }

    private String out() {
        return commands.out();
    }

    private String err() {
        return commands.err();
    }
}
