package io.wanspec.it.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.emulator.wan.WanLink;
import io.wanspec.emulator.wan.WanProfile;
import io.wanspec.emulator.wan.WanSettings;
import io.wanspec.functions.access.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The zips of functions that SnapStart is for, through a start as it is for a snapshot: Lambda's own client calls the hooks. The
 * stand-in makes no snapshot, it only holds the process where AWS would make one, and cuts its connections, as no snapshot has any.
 */
@Timeout(180)
final class SnapStartTest {
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"authorizer", "sweeper", "worker"})
    void nothingIsConnectedInASnapshotAndEverythingWorksAfterARestore(String name) throws Exception {
        FunctionZip.of(name);
        try (var table = new KeyedTable(SharedAwsEmulator.endpoint());
                var wire = WanLink.open(WanSettings.of(SharedAwsEmulator.endpoint(), WanProfile.NONE, 1));
                var api = RuntimeApi.open();
                var function = HandlerFunction.start(name, folder, settings(table, wire), api)) {
            api.awaitFrozen();
            long rehearsed = wire.counts().connections();
            assertThat(rehearsed).as("connections of the rehearsal").isPositive();
            awaitNoConnection(wire, function);
            wire.cut();
            wire.heal();
            api.thaw();

            String key = table.create(Scope.INFERENCE).reveal();
            JsonNode answer = function.call(event(name, key));

            assertThat(answer.has("errorMessage")).as(answer.toString()).isFalse();
            assertThat(answer.toString()).contains(expected(name));
            assertThat(wire.counts().connections()).isGreaterThan(rehearsed);
        }
    }

    private static void awaitNoConnection(WanLink wire, HandlerFunction function) throws Exception {
        long deadline = System.nanoTime() + CLOSED_WITHIN.toNanos();
        while (wire.open() > 0) {
            if (System.nanoTime() > deadline) {
                fail("%d connections are open in the snapshot; threads: %s", wire.open(), function.threadNames());
            }
            Thread.sleep(10);
        }
    }

    private static String event(String name, String key) {
        return switch (name) {
            case "authorizer" -> LambdaEvents.authorization("Bearer " + key);
            case "sweeper" -> LambdaEvents.schedule();
            default -> LambdaEvents.job("sess_unknown");
        };
    }

    private static String expected(String name) {
        return switch (name) {
            case "authorizer" -> "\"Effect\":\"Allow\"";
            case "sweeper" -> "\"givenUp\":0";
            default -> "\"batchItemFailures\":[]";
        };
    }

    private static Map<String, String> settings(KeyedTable table, WanLink wire) {
        Map<String, String> settings = new HashMap<>(table.environment());
        settings.put("WANSPEC_SESSIONS_ENDPOINT_OVERRIDE", wire.uri().toString());
        settings.put("WANSPEC_JAVA_HOME", System.getProperty("java.home"));
        // As the managed runtime sets it, too: whose hooks those are.
        settings.put("WANSPEC_JAVA_OPTIONS", "-Xmx256m -Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");
        settings.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        settings.put("WANSPEC_TARGET_REGION", KeyedTable.REGION);
        settings.put("WANSPEC_TARGET_ENDPOINT", "target");
        settings.put("WANSPEC_TARGET_ENDPOINT_OVERRIDE", "http://127.0.0.1:9");
        settings.put("WANSPEC_JOBS_QUEUE", "http://127.0.0.1:9/queue");
        return settings;
    }
}
