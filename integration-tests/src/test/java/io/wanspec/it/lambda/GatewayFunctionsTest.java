package io.wanspec.it.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.emulator.aws.AwsEmulator;
import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.functions.access.KeySecret;
import io.wanspec.functions.access.Scope;
import io.wanspec.local.functions.LocalAws;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.model.Runtime;

/**
 * The zips of <i>api</i> and <i>authorizer</i> behind an API Gateway, all of it in the AWS emulator. The gateway buffers there:
 * that text streams is {@link WebFunctionTest}'s to show.
 */
@Timeout(180)
final class GatewayFunctionsTest {
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
        try (var lambda = LambdaAsyncClient.builder()
                .endpointOverride(aws.endpoint())
                .region(Region.of(KeyedTable.REGION))
                .credentialsProvider(LocalAws.credentials())
                .build()) {
            create(lambda, "api", "none", settings);
            create(lambda, "authorizer", "io.wanspec.functions.lambda.AuthorizerFunction", settings);
        }
    }

    private static void create(LambdaAsyncClient lambda, String name, String handler, Map<String, String> settings)
            throws IOException {
        byte[] zip = Files.readAllBytes(FunctionZip.of(name));
        lambda.createFunction(function -> function.functionName(name)
                        .runtime(Runtime.PROVIDED_AL2023)
                        .role("arn:aws:iam::000000000000:role/" + name)
                        .handler(handler)
                        .code(code -> code.zipFile(SdkBytes.fromByteArrayUnsafe(zip)))
                        .environment(environment -> environment.variables(settings))
                        .memorySize(512)
                        .timeout(60))
                .join();
    }

    private static Map<String, String> settings(ToyRegions regions, KeyedTable table, Path adapter) throws IOException {
        Map<String, String> settings = new HashMap<>(regions.environment());
        settings.putAll(table.environment());
        settings.put("WANSPEC_ACCESS_TRUST_GATEWAY", "true");
        settings.put("WANSPEC_ADAPTER", adapter.toString());
        settings.put("AWS_LWA_PORT", String.valueOf(freePort()));
        settings.put("AWS_LWA_READINESS_CHECK_PATH", "/livez");
        // As long as it takes on a busy machine: the emulator waits ten seconds for a function to be there.
        settings.put("AWS_LWA_ASYNC_INIT", "true");
        return settings;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String bearer(KeySecret key) {
        return "Bearer " + key.reveal();
    }

    private static String chat(String options) {
        return "{\"model\": \"" + ToyRegions.MODEL
                + "\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}], " + options + "}";
    }
}
