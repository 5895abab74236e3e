package io.wanspec.it.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.emulator.aws.AwsEmulator;
import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.functions.access.KeySecret;
import io.wanspec.functions.access.Scope;
import io.wanspec.testing.ReservedPort;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The zips of <i>api</i> and <i>authorizer</i> behind an API Gateway, all of it in the AWS emulator. The gateway buffers there:
 * that text streams is {@link WebFunctionTest}'s to show.
 */
@Timeout(180)
final class GatewayFunctionsTest {
    private static final Duration CALL = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void whoHasAKeyIsServedAndNobodyElse() throws Exception {
        Path adapter = LambdaTools.adapter();
        FunctionZip.of("api");
        FunctionZip.of("authorizer");
        try (var regions = new ToyRegions();
                var aws = AwsEmulator.start(SharedAwsEmulator.program(), 0, folder.resolve("aws.log"));
                var table = new KeyedTable(aws.endpoint())) {
            deploy(aws, settings(regions, table, adapter));
            try (var api = new RestApi(aws.endpoint(), KeyedTable.REGION)) {
                KeySecret key = table.create(Scope.INFERENCE);
                var served = api.post("/v1/chat/completions", bearer(key), chat("\"max_tokens\": 20"));
                assertThat(served.statusCode()).as(served.body()).isEqualTo(200);
                assertThat(served.body()).contains("\"object\":\"chat.completion\"", "\"content\":\" w");

                var streamed =
                        api.post("/v1/chat/completions", bearer(key), chat("\"max_tokens\": 20, \"stream\": true"));
                assertThat(streamed.headers().firstValue("content-type").orElse(""))
                        .startsWith("text/event-stream");
                assertThat(streamed.body()).startsWith("data: ").endsWith("data: [DONE]\n\n");

                var otherScope = api.get("/v1/responses/resp_" + "0".repeat(32), bearer(key));
                assertThat(otherScope.statusCode()).isEqualTo(403);
                assertThat(otherScope.body()).contains("insufficient_scope", "responses");

                var unknown = api.get("/v1/models", bearer(table.unknown()));
                assertThat(unknown.statusCode()).isEqualTo(401);
                assertThat(api.get("/v1/models", "Bearer sk-1").statusCode()).isEqualTo(401);

                KeySecret revoked = table.create(Scope.INFERENCE);
                table.revoke(revoked);
                assertThat(api.get("/v1/models", bearer(revoked)).statusCode()).isEqualTo(403);
                assertThat(api.get("/v1/models", bearer(key)).statusCode()).isEqualTo(200);
            }
        }
    }

    private static void deploy(AwsEmulator aws, Map<String, String> settings) throws IOException {
        try (var functions = new DeployedZips(aws.endpoint(), KeyedTable.REGION)) {
            functions.create("api", DeployedZips.NO_HANDLER, settings, CALL);
            functions.create("authorizer", "AuthorizerFunction", settings, CALL);
        }
    }

    private static Map<String, String> settings(ToyRegions regions, KeyedTable table, Path adapter) throws IOException {
        Map<String, String> settings = new HashMap<>(regions.environment());
        settings.putAll(table.environment());
        settings.put("WANSPEC_ACCESS_TRUST_GATEWAY", "true");
        settings.put("WANSPEC_ADAPTER", adapter.toString());
        settings.put("AWS_LWA_PORT", String.valueOf(ReservedPort.take()));
        settings.put("AWS_LWA_READINESS_CHECK_PATH", "/livez");
        // As long as it takes on a busy machine: the emulator waits ten seconds for a function to be there.
        settings.put("AWS_LWA_ASYNC_INIT", "true");
        return settings;
    }

    private static String bearer(KeySecret key) {
        return "Bearer " + key.reveal();
    }

    private static String chat(String options) {
        return "{\"model\": \"" + ToyRegions.MODEL
                + "\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}], " + options + "}";
    }
}
